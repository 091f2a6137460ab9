package live.strait.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Native memory in huge pages, where the kernel has them to give.
///
/// What is read for one of thousands of viewers after the other is rarely in the processor's table of pages when it
/// comes to that: with pages of 2 MiB it always is. They are asked for by `madvise` (Linux, unless
/// `/sys/kernel/mm/transparent_hugepage/enabled` says `never`); memory is had in any case.
@SuppressWarnings("restricted") // the advice goes to the kernel by a foreign function
final class HugePages {
    /// One page of x86-64, and of most others with small pages of 4 KiB.
    static final int BYTES = 2 << 20;

    private static final Logger log = LoggerFactory.getLogger(HugePages.class);
    /// From now on, and what is there already (Linux 6.1).
    private static final int[] ADVICE = {14, 25}; // MADV_HUGEPAGE, MADV_COLLAPSE

    private HugePages() {}

    /// Zeroed memory of one page's size, for as long as the process lives.
    static MemorySegment take() {
        MemorySegment page = Arena.global().allocate(BYTES, BYTES);
        try {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> function = linker.defaultLookup().find("madvise");
            if (function.isPresent()) {
                MethodHandle madvise = linker.downcallHandle(
                        function.get(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT));
                for (int advice : ADVICE) {
                    int result = (int) madvise.invokeExact(page, (long) BYTES, advice);
                    log.debug("madvise({}): {}", advice, result);
                }
            }
        } catch (Throwable e) {
            log.debug("no huge pages: {}", e.toString());
        }
        return page;
    }
}
