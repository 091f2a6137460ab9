package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads the dependency descriptor extension of one stream, which tells layers and dependencies of a frame
/// without a look at its payload (AV1 RTP specification, appendix A; sent with VP9 and H.264 too).
///
/// ```
/// 0                   1                   2
/// 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |S|E|template id|         frame number          |  then, if longer:
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |T|A|D|F|C| structure if T | active targets if A | indications if D | references if F | chains if C
/// +-+-+-+-+-
/// ```
/// The first packet of a coded video sequence brings the templates ([DependencyStructure]), all others name one.
/// One instance per SSRC, fed with its packets as they come; a structure that comes late does not replace a newer
/// one. What does not parse, or names an unknown template, leaves the state as it was.
public final class DependencyDescriptor {
    private static final int MANDATORY_BYTES = 3;
    private static final int START_OF_FRAME = 0x80;
    private static final int END_OF_FRAME = 0x40;
    /// A structure this many frames older than the present one came late; one further off is a sender that began
    /// anew.
    static final int LATE_FRAMES = 256;
    private static final int TEMPLATE_ID_MASK = 0x3F;
    private static final int FRAME_NUMBER_BITS = 16;
    private static final int ALL_TARGETS = -1;
    private static final int NONE = -1;

    private final BitReader bits = new BitReader();
    private final TemporalSwitchPoints switchPoints = new TemporalSwitchPoints();
    private DependencyStructure structure = new DependencyStructure();
    private DependencyStructure spare = new DependencyStructure();
    private boolean hasStructure;
    private int structureFrameNumber;
    private int activeTargets;

    // The frame of the packet that was read last.
    private DependencyStructure frameStructure = structure;
    private boolean startOfFrame;
    private boolean endOfFrame;
    private int frameNumber;
    private boolean structureAttached;
    private int template;
    private boolean customIndications;
    private boolean customChains;
    private int farthestReference;
    private boolean switchUp;
    private final byte[] indications = new byte[DependencyStructure.MAX_DECODE_TARGETS];
    private final short[] chainDistances = new short[DependencyStructure.MAX_DECODE_TARGETS];

    /// What a frame is to a decode target (table A.1).
    public enum Indication {
        /// The target does not contain the frame.
        NOT_PRESENT,
        /// Nothing else in the target refers to the frame.
        DISCARDABLE,
        /// The target can be decoded from this frame on, if this frame can.
        SWITCH,
        /// The target needs the frame, and does not start at it.
        REQUIRED;

        static final int DISCARDABLE_CODE = 1;
        static final int SWITCH_CODE = 2;
        private static final Indication[] BY_CODE = values();
    }

    /// Puts another frame number into the descriptor at `offset`, in place. References are distances: only one
    /// offset for a whole stretch of frames keeps them right.
    public static void rewriteFrameNumber(ByteBuffer packet, int offset, int frameNumber) {
        packet.putShort(offset + 1, (short) frameNumber);
    }

    /// Reads the extension element of `length` bytes at `offset`.
    ///
    /// @return false when it does not parse or its template is unknown, as before the first structure; the
    ///   accessors then say nothing
    public boolean read(ByteBuffer packet, int offset, int length) {
        if (length < MANDATORY_BYTES) {
            return false;
        }
        int first = packet.get(offset) & 0xFF;
        bits.wrap(packet, offset + MANDATORY_BYTES, length - MANDATORY_BYTES);
        boolean extended = length > MANDATORY_BYTES;
        boolean hasNewStructure = extended && bits.readFlag();
        boolean hasActiveTargets = extended && bits.readFlag();
        customIndications = extended && bits.readFlag();
        boolean customReferences = extended && bits.readFlag();
        customChains = extended && bits.readFlag();
        if (hasNewStructure && !spare.read(bits)) {
            return false;
        }
        frameStructure = hasNewStructure ? spare : structure;
        template = frameStructure.templateOf(first & TEMPLATE_ID_MASK);
        if (template == NONE) {
            return false;
        }
        int active = hasNewStructure ? ALL_TARGETS : activeTargets;
        if (hasActiveTargets) {
            active = bits.read(frameStructure.decodeTargets());
        }
        readFrameDefinition(customReferences);
        if (bits.isOverrun()) {
            return false;
        }
        startOfFrame = (first & START_OF_FRAME) != 0;
        endOfFrame = (first & END_OF_FRAME) != 0;
        frameNumber = packet.getShort(offset + 1) & 0xFFFF;
        structureAttached = hasNewStructure;
        commit(active);
        switchUp = switchPoints.onFrame(this);
        return true;
    }

    /// Fills in what a payload peek would, from the packet read last; overrides what the payload's own header said.
    public void fill(FrameInfo into) {
        into.keyFrame = structureAttached && startOfFrame && spatialId() == 0 && farthestReference == 0;
        into.startOfFrame = startOfFrame;
        into.endOfFrame = endOfFrame;
        into.temporalId = temporalId();
        into.spatialId = spatialId();
        into.switchUp = switchUp;
        into.interPicturePredicted = farthestReference > spatialId();
        into.discardable = isDiscardable();
        into.pictureId = frameNumber;
        into.pictureIdBits = FRAME_NUMBER_BITS;
        into.tl0PicIdx = -1;
    }

    public int frameNumber() {
        return frameNumber;
    }

    public int spatialId() {
        return frameStructure.spatialId(template);
    }

    public int temporalId() {
        return frameStructure.temporalId(template);
    }

    /// How many frames back the farthest frame is that this one refers to; 0 when it stands alone.
    public int farthestReference() {
        return farthestReference;
    }

    /// How many decode targets the stream has: sets of layers that one can ask for.
    public int decodeTargets() {
        return frameStructure.decodeTargets();
    }

    /// The decode target with these highest layers, or -1.
    public int decodeTargetOf(int spatialId, int temporalId) {
        for (int target = 0; target < frameStructure.decodeTargets(); target++) {
            if (frameStructure.targetSpatialId(target) == spatialId
                    && frameStructure.targetTemporalId(target) == temporalId) {
                return target;
            }
        }
        return NONE;
    }

    public int targetSpatialId(int decodeTarget) {
        return frameStructure.targetSpatialId(decodeTarget);
    }

    public int targetTemporalId(int decodeTarget) {
        return frameStructure.targetTemporalId(decodeTarget);
    }

    /// Whether the sender produces this decode target now.
    public boolean isActive(int decodeTarget) {
        return (activeTargets >>> decodeTarget & 1) != 0;
    }

    /// What this frame is to a decode target.
    public Indication indication(int decodeTarget) {
        return Indication.BY_CODE[indicationCode(decodeTarget)];
    }

    /// The number of the frame that must have been received for this decode target to be intact (section A.4.3),
    /// or -1 when none is needed or the stream has no chains.
    public int chainPredecessor(int decodeTarget) {
        if (frameStructure.chains() == 0) {
            return NONE;
        }
        int chain = frameStructure.protectedBy(decodeTarget);
        int distance = customChains ? chainDistances[chain] : frameStructure.chainDistance(template, chain);
        return distance == 0 ? NONE : (frameNumber - distance) & 0xFFFF;
    }

    int indicationCode(int decodeTarget) {
        return customIndications ? indications[decodeTarget] : frameStructure.indication(template, decodeTarget);
    }

    private void readFrameDefinition(boolean customReferences) {
        if (customIndications) {
            for (int target = 0; target < frameStructure.decodeTargets(); target++) {
                indications[target] = (byte) bits.read(2);
            }
        }
        farthestReference = frameStructure.farthestReference(template);
        if (customReferences) {
            farthestReference = 0;
            for (int size = bits.read(2); size > 0; size = bits.read(2)) {
                farthestReference = Math.max(farthestReference, bits.read(4 * size) + 1);
            }
        }
        if (customChains) {
            for (int chain = 0; chain < frameStructure.chains(); chain++) {
                chainDistances[chain] = (short) bits.read(8);
            }
        }
    }

    private void commit(int active) {
        if (!structureAttached) {
            activeTargets = active;
            return;
        }
        int ahead = (short) (frameNumber - structureFrameNumber);
        if (hasStructure && ahead < 0 && ahead > -LATE_FRAMES) {
            return;
        }
        spare = structure;
        structure = frameStructure;
        structureFrameNumber = frameNumber;
        hasStructure = true;
        activeTargets = active;
    }

    private boolean isDiscardable() {
        for (int target = 0; target < frameStructure.decodeTargets(); target++) {
            if (indicationCode(target) > Indication.DISCARDABLE_CODE) {
                return false;
            }
        }
        return true;
    }
}
