package live.strait.protocol.rtp;

/// The templates that a dependency descriptor's frames refer to (AV1 RTP specification, appendix A.4,
/// `template_dependency_structure`).
///
/// ```
/// template_id_offset (6) | dt_cnt_minus_one (5)
/// next_layer_idc (2) per template, 3 ends        | dti (2) per template and decode target
/// per template: 1, fdiff_minus_one (4), ... 0     | chain_cnt ns(dt_cnt + 1)
/// protected_by ns(chain_cnt) per decode target    | chain_fdiff (4) per template and chain
/// resolutions_present (1) | width, height (16 each) per spatial layer
/// ```
/// Reusable: the arrays have room for all that the field widths allow. Of a template's references only the
/// farthest is kept, which tells whether a frame leans on earlier pictures.
final class DependencyStructure {
    static final int MAX_DECODE_TARGETS = 32;
    static final int MAX_SPATIAL_LAYERS = 4;

    private static final int MAX_TEMPLATES = 64;
    private static final int MAX_TEMPORAL_LAYERS = 8;
    private static final int NEXT_TEMPORAL_LAYER = 1;
    private static final int NEXT_SPATIAL_LAYER = 2;
    private static final int NO_MORE_TEMPLATES = 3;

    private int templateIdOffset;
    private int templates;
    private int decodeTargets;
    private int chains;
    private final byte[] spatialIds = new byte[MAX_TEMPLATES];
    private final byte[] temporalIds = new byte[MAX_TEMPLATES];
    private final byte[] indications = new byte[MAX_TEMPLATES * MAX_DECODE_TARGETS];
    private final byte[] farthestReferences = new byte[MAX_TEMPLATES];
    private final byte[] chainDistances = new byte[MAX_TEMPLATES * MAX_DECODE_TARGETS];
    private final byte[] protectedBy = new byte[MAX_DECODE_TARGETS];
    private final byte[] targetSpatialIds = new byte[MAX_DECODE_TARGETS];
    private final byte[] targetTemporalIds = new byte[MAX_DECODE_TARGETS];

    /// Reads a structure over whatever this held before.
    ///
    /// @return false when it does not parse; it then holds no template
    boolean read(BitReader bits) {
        templateIdOffset = bits.read(6);
        decodeTargets = bits.read(5) + 1;
        if (!readLayers(bits)) {
            templates = 0;
            return false;
        }
        for (int i = 0; i < templates * decodeTargets; i++) {
            indications[i] = (byte) bits.read(2);
        }
        for (int template = 0; template < templates; template++) {
            int farthest = 0;
            while (bits.readFlag()) {
                farthest = Math.max(farthest, bits.read(4) + 1);
            }
            farthestReferences[template] = (byte) farthest;
        }
        readChains(bits);
        if (bits.readFlag()) {
            int spatialLayers = spatialIds[templates - 1] + 1;
            for (int i = 0; i < spatialLayers; i++) {
                bits.read(32);
            }
        }
        if (bits.isOverrun()) {
            templates = 0;
            return false;
        }
        nameDecodeTargets();
        return true;
    }

    /// Which template an id of a descriptor means, or -1 when this structure has none of that id.
    int templateOf(int templateId) {
        int template = (templateId - templateIdOffset) & 0x3F;
        return template < templates ? template : -1;
    }

    int decodeTargets() {
        return decodeTargets;
    }

    int chains() {
        return chains;
    }

    int spatialId(int template) {
        return spatialIds[template];
    }

    int temporalId(int template) {
        return temporalIds[template];
    }

    int indication(int template, int decodeTarget) {
        return indications[template * decodeTargets + decodeTarget];
    }

    /// How many frames back the farthest reference goes; 0 when there is none.
    int farthestReference(int template) {
        return farthestReferences[template];
    }

    /// How many frames back the previous frame of a chain is; 0 when none is needed.
    int chainDistance(int template, int chain) {
        return chainDistances[template * chains + chain];
    }

    /// The chain that protects a decode target; only where there are [#chains].
    int protectedBy(int decodeTarget) {
        return protectedBy[decodeTarget];
    }

    int targetSpatialId(int decodeTarget) {
        return targetSpatialIds[decodeTarget];
    }

    int targetTemporalId(int decodeTarget) {
        return targetTemporalIds[decodeTarget];
    }

    private boolean readLayers(BitReader bits) {
        int spatialId = 0;
        int temporalId = 0;
        for (templates = 0; templates < MAX_TEMPLATES; ) {
            spatialIds[templates] = (byte) spatialId;
            temporalIds[templates] = (byte) temporalId;
            templates++;
            int next = bits.read(2);
            if (next == NO_MORE_TEMPLATES) {
                return true;
            }
            if (next == NEXT_TEMPORAL_LAYER) {
                temporalId++;
            } else if (next == NEXT_SPATIAL_LAYER) {
                temporalId = 0;
                spatialId++;
            }
            if (temporalId >= MAX_TEMPORAL_LAYERS || spatialId >= MAX_SPATIAL_LAYERS || bits.isOverrun()) {
                return false;
            }
        }
        return false;
    }

    private void readChains(BitReader bits) {
        chains = bits.readNonSymmetric(decodeTargets + 1);
        if (chains == 0) {
            return;
        }
        for (int target = 0; target < decodeTargets; target++) {
            protectedBy[target] = (byte) bits.readNonSymmetric(chains);
        }
        for (int i = 0; i < templates * chains; i++) {
            chainDistances[i] = (byte) bits.read(4);
        }
    }

    /// A decode target is the highest layers among the frames that are present in it.
    private void nameDecodeTargets() {
        for (int target = 0; target < decodeTargets; target++) {
            int spatialId = 0;
            int temporalId = 0;
            for (int template = 0; template < templates; template++) {
                if (indication(template, target) != 0) {
                    spatialId = Math.max(spatialId, spatialIds[template]);
                    temporalId = Math.max(temporalId, temporalIds[template]);
                }
            }
            targetSpatialIds[target] = (byte) spatialId;
            targetTemporalIds[target] = (byte) temporalId;
        }
    }
}
