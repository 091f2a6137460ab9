package live.strait.relay.browser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A tone as a file that Chromium takes for a microphone: WAV, 48 kHz, mono, 16 bits.
final class ToneFile {
    private static final int SAMPLE_RATE = 48_000;
    private static final int SECONDS = 10;
    private static final int HEADER_BYTES = 44;
    private static final double AMPLITUDE = 12_000;

    private ToneFile() {}

    /// A number of hertz that divides the sample rate makes a loop without a click.
    static Path write(Path folder, int hertz) throws IOException {
        int dataBytes = 2 * SAMPLE_RATE * SECONDS;
        ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + dataBytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1); // PCM, mono
        wav.putInt(SAMPLE_RATE).putInt(2 * SAMPLE_RATE).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        for (int i = 0; i < SAMPLE_RATE * SECONDS; i++) {
            wav.putShort((short) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE)));
        }
        return Files.write(folder.resolve(hertz + "Hz.wav"), wav.array());
    }
}
