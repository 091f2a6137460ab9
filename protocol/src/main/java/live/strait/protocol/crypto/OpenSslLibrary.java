package live.strait.protocol.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The functions of OpenSSL 3 that SRTP needs: EVP for AES, HMAC for the code.
///
/// Pointers are numbers here, checked by the caller. Algorithms are fetched once; a context is set up with its key
/// once and takes a new vector for each packet.
final class OpenSslLibrary {
    static final String FILE_NAME = "libcrypto.so.3";
    static final String DEBIAN_PACKAGE = "libssl3";

    private static final long NULL = 0;
    private static final int FAILED = 0;

    /// `OPENSSL_INIT_NO_ATEXIT`: media loops may still be sealing while the process ends.
    private static final long NO_CLEANUP_AT_EXIT = 0x00080000L;

    private static final int VERSION_TEXT = 6; // OPENSSL_FULL_VERSION_STRING
    private static final int VERSION_TEXT_BYTES = 64;
    private static final int GET_TAG = 0x10; // EVP_CTRL_AEAD_GET_TAG
    private static final int SET_TAG = 0x11; // EVP_CTRL_AEAD_SET_TAG

    private static final MethodHandle INIT_CRYPTO =
            ForeignLibrary.call(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle TEXT_OF_INT = ForeignLibrary.call(FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle FETCH =
            ForeignLibrary.call(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MethodHandle NEW = ForeignLibrary.call(FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle FREE = ForeignLibrary.call(FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle HMAC_KEY =
            ForeignLibrary.call(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CIPHER_KEY = ForeignLibrary.call(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT));

    private static final MethodHandle CIPHER_INIT = ForeignLibrary.quickCall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CIPHER_UPDATE = ForeignLibrary.quickCall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CIPHER_FINAL =
            ForeignLibrary.quickCall(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CIPHER_CONTROL =
            ForeignLibrary.quickCall(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle HMAC_INIT = ForeignLibrary.quickCall(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle HMAC_UPDATE =
            ForeignLibrary.quickCall(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle HMAC_FINAL =
            ForeignLibrary.quickCall(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private final MemorySegment newCipher;
    private final MemorySegment freeCipher;
    private final MemorySegment cipherInit;
    private final MemorySegment cipherUpdate;
    private final MemorySegment cipherFinal;
    private final MemorySegment cipherControl;
    private final MemorySegment newHmac;
    private final MemorySegment freeHmac;
    private final MemorySegment hmacInit;
    private final MemorySegment hmacUpdate;
    private final MemorySegment hmacFinal;
    private final String version;
    private final long sha1;
    private final long aes128Gcm;
    private final long aes256Gcm;
    private final long aes128Counter;
    private final long aes256Counter;

    private OpenSslLibrary(ForeignLibrary library) throws CryptoUnavailableException {
        newCipher = library.function("EVP_CIPHER_CTX_new");
        freeCipher = library.function("EVP_CIPHER_CTX_free");
        cipherInit = library.function("EVP_CipherInit_ex");
        cipherUpdate = library.function("EVP_CipherUpdate");
        cipherFinal = library.function("EVP_CipherFinal_ex");
        cipherControl = library.function("EVP_CIPHER_CTX_ctrl");
        newHmac = library.function("HMAC_CTX_new");
        freeHmac = library.function("HMAC_CTX_free");
        hmacInit = library.function("HMAC_Init_ex");
        hmacUpdate = library.function("HMAC_Update");
        hmacFinal = library.function("HMAC_Final");
        MemorySegment initCrypto = library.function("OPENSSL_init_crypto");
        MemorySegment versionText = library.function("OpenSSL_version");
        try {
            if ((int) INIT_CRYPTO.invokeExact(initCrypto, NO_CLEANUP_AT_EXIT, NULL) == FAILED) {
                throw library.unsuitable("it does not start");
            }
            MemorySegment text = (MemorySegment) TEXT_OF_INT.invokeExact(versionText, VERSION_TEXT);
            version = ForeignLibrary.at(text, VERSION_TEXT_BYTES).getString(0);
        } catch (CryptoUnavailableException e) {
            throw e;
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
        sha1 = fetch(library, "EVP_MD_fetch", "SHA1");
        aes128Gcm = fetch(library, "EVP_CIPHER_fetch", "AES-128-GCM");
        aes256Gcm = fetch(library, "EVP_CIPHER_fetch", "AES-256-GCM");
        aes128Counter = fetch(library, "EVP_CIPHER_fetch", "AES-128-CTR");
        aes256Counter = fetch(library, "EVP_CIPHER_fetch", "AES-256-CTR");
    }

    static OpenSslLibrary open() throws CryptoUnavailableException {
        return new OpenSslLibrary(ForeignLibrary.load(FILE_NAME, DEBIAN_PACKAGE));
    }

    String version() {
        return version;
    }

    /// An `EVP_CIPHER_CTX` for AES-GCM under a key.
    long newGcm(byte[] key) {
        return newCipher(key.length == KeySizes.AES_256_BYTES ? aes256Gcm : aes128Gcm, key);
    }

    /// An `EVP_CIPHER_CTX` for AES in counter mode under a key.
    long newCounter(byte[] key) {
        return newCipher(key.length == KeySizes.AES_256_BYTES ? aes256Counter : aes128Counter, key);
    }

    /// Wipes the key schedule too.
    void freeCipher(long context) {
        free(freeCipher, context);
    }

    /// An `HMAC_CTX` for SHA-1 under a key.
    long newHmac(byte[] key) {
        long context = newContext(newHmac);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment plainKey = nativeKey(arena, key);
            check((int) HMAC_KEY.invokeExact(hmacInit, context, plainKey, key.length, sha1, NULL));
            plainKey.fill((byte) 0);
        } catch (Throwable e) {
            freeHmac(context);
            throw ForeignLibrary.miscalled(e);
        }
        return context;
    }

    void freeHmac(long context) {
        free(freeHmac, context);
    }

    /// Begins a text under the vector in the scratch.
    void begin(long cipher, NativeScratch scratch, boolean encrypt) {
        long iv = scratch.addressOf(NativeScratch.IV);
        try {
            check((int) CIPHER_INIT.invokeExact(cipherInit, cipher, NULL, NULL, NULL, iv, encrypt ? 1 : 0));
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    /// Only authenticates.
    void associate(long cipher, NativeScratch scratch, long at, int sizeBytes) {
        update(cipher, scratch, NULL, at, sizeBytes);
    }

    /// Ends a text; false when it was decrypted and its tag is wrong.
    boolean end(long cipher, NativeScratch scratch) {
        long nothing = scratch.addressOf(NativeScratch.STATE);
        long length = scratch.addressOf(NativeScratch.LENGTH);
        try {
            return (int) CIPHER_FINAL.invokeExact(cipherFinal, cipher, nothing, length) > FAILED;
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    void getTag(long cipher, long to) {
        control(cipher, GET_TAG, to);
    }

    void setTag(long cipher, long from) {
        control(cipher, SET_TAG, from);
    }

    /// The code of a range goes to the scratch.
    void hmac(long context, NativeScratch scratch, long at, int sizeBytes) {
        long tag = scratch.addressOf(NativeScratch.TAG);
        long length = scratch.addressOf(NativeScratch.LENGTH);
        try {
            check((int) HMAC_INIT.invokeExact(hmacInit, context, NULL, 0, NULL, NULL));
            check((int) HMAC_UPDATE.invokeExact(hmacUpdate, context, at, (long) sizeBytes));
            check((int) HMAC_FINAL.invokeExact(hmacFinal, context, tag, length));
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    /// Encrypts or decrypts; in place where `from` is `to`.
    void update(long cipher, NativeScratch scratch, long to, long from, int sizeBytes) {
        long length = scratch.addressOf(NativeScratch.LENGTH);
        try {
            check((int) CIPHER_UPDATE.invokeExact(cipherUpdate, cipher, to, length, from, sizeBytes));
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    private void control(long cipher, int command, long tag) {
        try {
            check((int) CIPHER_CONTROL.invokeExact(cipherControl, cipher, command, AeadCipher.TAG_BYTES, tag));
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    private long newCipher(long algorithm, byte[] key) {
        long context = newContext(newCipher);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment plainKey = nativeKey(arena, key);
            check((int) CIPHER_KEY.invokeExact(cipherInit, context, algorithm, NULL, plainKey, NULL, 1));
            plainKey.fill((byte) 0);
        } catch (Throwable e) {
            freeCipher(context);
            throw ForeignLibrary.miscalled(e);
        }
        return context;
    }

    private static MemorySegment nativeKey(Arena arena, byte[] key) {
        MemorySegment plainKey = arena.allocate(Math.max(1, key.length));
        return plainKey.copyFrom(MemorySegment.ofArray(key));
    }

    private static long newContext(MemorySegment function) {
        try {
            long context = (long) NEW.invokeExact(function);
            if (context == NULL) {
                throw new IllegalStateException("OpenSSL has no memory for a key");
            }
            return context;
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    private static void free(MemorySegment function, long context) {
        try {
            FREE.invokeExact(function, context);
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
    }

    private static long fetch(ForeignLibrary library, String function, String algorithm)
            throws CryptoUnavailableException {
        MemorySegment fetch = library.function(function);
        long fetched;
        try (Arena arena = Arena.ofConfined()) {
            fetched = (long) FETCH.invokeExact(fetch, NULL, arena.allocateFrom(algorithm), NULL);
        } catch (Throwable e) {
            throw ForeignLibrary.miscalled(e);
        }
        if (fetched == NULL) {
            throw library.unsuitable("it does not offer " + algorithm);
        }
        return fetched;
    }

    private static void check(int result) {
        if (result <= FAILED) {
            throw new IllegalStateException("OpenSSL refused");
        }
    }
}
