package live.strait.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// A shared library of the system, loaded for the life of the process.
///
/// Functions are found by name once; calls go through handles that are constants of their class and take the
/// function's address first, so that the compiler sees through them whether the library is there or not.
@SuppressWarnings("restricted") // the one place where Java trusts what we say of foreign code
final class ForeignLibrary {
    private final String fileName;
    private final String debianPackage;
    private final SymbolLookup symbols;

    private ForeignLibrary(String fileName, String debianPackage, SymbolLookup symbols) {
        this.fileName = fileName;
        this.debianPackage = debianPackage;
        this.symbols = symbols;
    }

    /// @param fileName with the version of its binary interface
    /// @param debianPackage has the file, as the remedy for its absence
    static ForeignLibrary load(String fileName, String debianPackage) throws CryptoUnavailableException {
        try {
            return new ForeignLibrary(fileName, debianPackage, SymbolLookup.libraryLookup(fileName, Arena.global()));
        } catch (IllegalArgumentException absent) {
            throw new CryptoUnavailableException(
                    fileName + " is not on this machine (Debian and Ubuntu: apt-get install " + debianPackage + ")");
        } catch (IllegalCallerException refused) {
            throw new CryptoUnavailableException(
                    "this JVM may not load " + fileName + " (start it with --enable-native-access=ALL-UNNAMED)",
                    refused);
        }
    }

    MemorySegment function(String name) throws CryptoUnavailableException {
        return symbols.find(name).orElseThrow(() -> unsuitable("it has no " + name));
    }

    /// The library is there, but not as we need it.
    CryptoUnavailableException unsuitable(String reason) {
        return new CryptoUnavailableException(fileName + " (package " + debianPackage + ") cannot be used: " + reason);
    }

    /// For calls of well under a microsecond or so that neither block nor call back: the thread stays in the state
    /// of Java code, which saves two thirds of the call. No garbage collection can begin meanwhile.
    static MethodHandle quickCall(FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(shape, Linker.Option.critical(false));
    }

    /// For everything else, at start and once per key.
    static MethodHandle call(FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(shape);
    }

    /// What a pointer from the library points to, which has `sizeBytes` at least.
    static MemorySegment at(MemorySegment pointer, long sizeBytes) {
        return pointer.reinterpret(sizeBytes);
    }

    /// A downcall throws nothing but what is wrong with our own use of it.
    static IllegalStateException miscalled(Throwable e) {
        return new IllegalStateException("a native function was called in the wrong way", e);
    }
}
