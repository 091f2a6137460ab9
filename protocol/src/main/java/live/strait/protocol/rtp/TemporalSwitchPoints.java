package live.strait.protocol.rtp;

import java.util.Arrays;

/// Finds the frames where a receiver of fewer temporal layers may take one more, from switch indications.
///
/// A Switch indication stands on a lower frame: whoever has it may take all layers of that decode target from there
/// on. It serves as long as no frame of the layer in question has passed since (a receiver without the layer has
/// skipped that one, and a later one may refer to it). So per spatial layer the highest temporal layer that is
/// still open is kept; a hole in the frame numbers closes all, because what passed there is not known.
final class TemporalSwitchPoints {
    private static final int NONE = -1;

    private final int[] openTo = new int[DependencyStructure.MAX_SPATIAL_LAYERS];
    private int newestFrame = NONE;
    private boolean newestIsSwitchPoint;

    /// Takes the frame of the packet that has just been read.
    ///
    /// @return whether its temporal layer may be taken from this frame on
    boolean onFrame(DependencyDescriptor frame) {
        boolean standsAlone = frame.farthestReference() <= frame.spatialId();
        int ahead = newestFrame == NONE ? 0 : (short) (frame.frameNumber() - newestFrame);
        if (newestFrame != NONE && ahead == 0) {
            return newestIsSwitchPoint;
        }
        if (ahead < 0 && ahead > -DependencyDescriptor.LATE_FRAMES) {
            return standsAlone;
        }
        if (ahead != 1) {
            Arrays.fill(openTo, NONE);
        }
        int spatialId = frame.spatialId();
        int temporalId = frame.temporalId();
        newestFrame = frame.frameNumber();
        newestIsSwitchPoint = standsAlone || temporalId <= openTo[spatialId];
        openTo[spatialId] = Math.max(openedBy(frame), Math.min(openTo[spatialId], temporalId - 1));
        return newestIsSwitchPoint;
    }

    /// The highest temporal layer of the frame's own spatial layer that it is a switch indication for.
    private static int openedBy(DependencyDescriptor frame) {
        int highest = NONE;
        for (int target = 0; target < frame.decodeTargets(); target++) {
            if (frame.indicationCode(target) == DependencyDescriptor.Indication.SWITCH_CODE
                    && frame.targetSpatialId(target) == frame.spatialId()) {
                highest = Math.max(highest, frame.targetTemporalId(target));
            }
        }
        return highest;
    }
}
