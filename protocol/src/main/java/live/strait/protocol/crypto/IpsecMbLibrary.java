package live.strait.protocol.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The functions of libipsec-mb 1.x that seal and open one buffer with AES-GCM.
///
/// The library has each of them several times, for SSE up to AVX-512. It looks at the processor itself and writes
/// the addresses of those that suit into `struct IMB_MGR`, from which they are read:
///
/// ```
///    0  flags       8  features                            of the processor, as found
///  256  gcm128_enc  264 gcm192_enc  272 gcm256_enc         all the same shape
///  280  gcm128_dec  288 gcm192_dec  296 gcm256_dec
///  448  gcm128_pre  456 gcm192_pre  464 gcm256_pre         (key, key data)
/// ```
/// Pointers of the structure are only ever added behind (its header says so), and the file's version stands for
/// that.
///
/// @param scheduleBytes what a key's data take
record IpsecMbLibrary(
        String version,
        MemorySegment encrypt128,
        MemorySegment decrypt128,
        MemorySegment expand128,
        MemorySegment encrypt256,
        MemorySegment decrypt256,
        MemorySegment expand256,
        int scheduleBytes) {
    static final String FILE_NAME = "libIPSec_MB.so.1";
    static final String DEBIAN_PACKAGE = "libipsec-mb1";

    private static final int MANAGER_PREFIX_BYTES = 512;
    /// Four times what version 1.3 declares.
    private static final int MOST_SCHEDULE_BYTES = 4096;

    private static final int FEATURES = 8;
    private static final int GCM_128_ENCRYPT = 256;
    private static final int GCM_256_ENCRYPT = 272;
    private static final int GCM_128_DECRYPT = 280;
    private static final int GCM_256_DECRYPT = 296;
    private static final int GCM_128_EXPAND = 448;
    private static final int GCM_256_EXPAND = 464;

    private static final long AES_INSTRUCTIONS = 1 << 1;
    private static final long CARRYLESS_MULTIPLICATION = 1 << 2;
    private static final long SSE_4_2 = 1 << 4;
    private static final long NEEDED = AES_INSTRUCTIONS | CARRYLESS_MULTIPLICATION | SSE_4_2;
    private static final long AES_IS_EMULATED = 1 << 19;

    /// (key data, state, out, in, size, IV, associated data, its size, tag, its size).
    private static final MethodHandle GCM = ForeignLibrary.quickCall(FunctionDescriptor.ofVoid(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG));

    private static final MethodHandle EXPAND =
            ForeignLibrary.quickCall(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));

    private static final MethodHandle MANAGER_OF_FLAGS = ForeignLibrary.call(FunctionDescriptor.of(ADDRESS, JAVA_LONG));
    private static final MethodHandle WITH_MANAGER = ForeignLibrary.call(FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle INIT_MANAGER = ForeignLibrary.call(FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    private static final MethodHandle ERROR_OF_MANAGER = ForeignLibrary.call(FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle VERSION = ForeignLibrary.call(FunctionDescriptor.of(JAVA_INT));

    static IpsecMbLibrary open() throws CryptoUnavailableException {
        ForeignLibrary library = ForeignLibrary.load(FILE_NAME, DEBIAN_PACKAGE);
        if (!System.getProperty("os.arch").equals("amd64")) {
            throw library.unsuitable("it is used on x86-64 alone");
        }
        MemorySegment newManager = library.function("alloc_mb_mgr");
        MemorySegment initManager = library.function("init_mb_mgr_auto");
        MemorySegment errorOf = library.function("imb_get_errno");
        MemorySegment freeManager = library.function("free_mb_mgr");
        MemorySegment versionNumber = library.function("imb_get_version");
        try {
            int version = (int) VERSION.invokeExact(versionNumber);
            if (version >>> 16 != 1) {
                throw library.unsuitable("it is version " + versionText(version) + ", not 1.x");
            }
            MemorySegment manager = (MemorySegment) MANAGER_OF_FLAGS.invokeExact(newManager, 0L);
            if (manager.equals(MemorySegment.NULL)) {
                throw library.unsuitable("it has no memory");
            }
            try {
                INIT_MANAGER.invokeExact(initManager, manager, MemorySegment.NULL);
                int error = (int) ERROR_OF_MANAGER.invokeExact(errorOf, manager);
                return read(library, version, error, ForeignLibrary.at(manager, MANAGER_PREFIX_BYTES));
            } finally {
                WITH_MANAGER.invokeExact(freeManager, manager);
            }
        } catch (CryptoUnavailableException e) {
            throw e;
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    /// Writes the key schedule of a key of 16 or 32 bytes.
    static void expand(MemorySegment function, MemorySegment key, MemorySegment keyData, int leastBytes) {
        if (keyData.address() % KeyMemory.ALIGNMENT_BYTES != 0 || keyData.byteSize() < leastBytes) {
            throw new IllegalArgumentException("no slot for key data");
        }
        try {
            EXPAND.invokeExact(function, key.address(), keyData.address());
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    /// Encrypts or decrypts a text under the vector in the scratch.
    ///
    /// @param at address of the associated data; behind it goes the text
    /// @param textFrom where the text is read: there, or elsewhere
    /// @param tag where the tag goes
    static void gcm(
            MemorySegment function,
            long keyData,
            NativeScratch scratch,
            long at,
            int associatedBytes,
            long textFrom,
            int textBytes,
            long tag) {
        try {
            GCM.invokeExact(
                    function,
                    keyData,
                    scratch.addressOf(NativeScratch.STATE),
                    at + associatedBytes,
                    textFrom,
                    (long) textBytes,
                    scratch.addressOf(NativeScratch.IV),
                    at,
                    (long) associatedBytes,
                    tag,
                    (long) AeadCipher.TAG_BYTES);
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    private static IpsecMbLibrary read(ForeignLibrary library, int version, int error, MemorySegment manager)
            throws CryptoUnavailableException {
        long features = manager.get(ValueLayout.JAVA_LONG, FEATURES);
        if (error != 0 || (features & NEEDED) != NEEDED || (features & AES_IS_EMULATED) != 0) {
            throw library.unsuitable("this processor lacks AES instructions (error " + error + ", features 0x"
                    + Long.toHexString(features) + ")");
        }
        MemorySegment expand128 = manager.get(ADDRESS, GCM_128_EXPAND);
        MemorySegment expand256 = manager.get(ADDRESS, GCM_256_EXPAND);
        int scheduleBytes = Math.max(scheduleBytes(expand128), scheduleBytes(expand256));
        if (scheduleBytes > MOST_SCHEDULE_BYTES / 2) {
            throw library.unsuitable("its key data take " + scheduleBytes + " bytes");
        }
        return new IpsecMbLibrary(
                versionText(version),
                manager.get(ADDRESS, GCM_128_ENCRYPT),
                manager.get(ADDRESS, GCM_128_DECRYPT),
                expand128,
                manager.get(ADDRESS, GCM_256_ENCRYPT),
                manager.get(ADDRESS, GCM_256_DECRYPT),
                expand256,
                scheduleBytes);
    }

    /// How much of `struct gcm_key_data` is written, which differs from one generation of processors to the next and
    /// may from version to version: up to the last byte that is other than it was.
    private static int scheduleBytes(MemorySegment expand) {
        int bytes = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(KeySizes.AES_256_BYTES);
            MemorySegment schedule = arena.allocate(MOST_SCHEDULE_BYTES, KeyMemory.ALIGNMENT_BYTES);
            for (byte before : new byte[] {0, -1}) {
                schedule.fill(before);
                expand(expand, key, schedule, MOST_SCHEDULE_BYTES);
                for (int i = bytes; i < MOST_SCHEDULE_BYTES; i++) {
                    bytes = schedule.get(ValueLayout.JAVA_BYTE, i) == before ? bytes : i + 1;
                }
            }
        }
        return bytes;
    }

    private static String versionText(int version) {
        return (version >>> 16) + "." + ((version >>> 8) & 0xff) + "." + (version & 0xff);
    }
}
