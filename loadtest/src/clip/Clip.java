import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Draws the demo's clip, or plays its sound, to standard output; make.sh encodes both.
///
/// A ferry crosses the strait once in [#SECONDS] under a running clock. Everything has that period or a part of it,
/// so that the end runs into the beginning. At each full second a lamp flashes and a tone sounds: who watches can
/// see and hear whether they come together.
public final class Clip {
    static final int SECONDS = 12;
    static final int FRAMES_PER_SECOND = 30;
    static final int WIDTH = 1280;
    static final int HEIGHT = 720;
    static final int SAMPLE_RATE = 48_000;
    static final double FLASH_SECONDS = 0.12;

    private static final double HORIZON = 400;

    private Clip() {}

    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = new BufferedOutputStream(System.out, 1 << 20)) {
            switch (arguments[0]) {
                case "picture" -> picture(out);
                case "sound" -> sound(out);
                default -> throw new IllegalArgumentException("picture or sound, not " + arguments[0]);
            }
        }
    }

    /// Frames of BGR, 8 bits each.
    private static void picture(OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int frame = 0; frame < SECONDS * FRAMES_PER_SECOND; frame++) {
            Graphics2D g = image.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            draw(g, (double) frame / FRAMES_PER_SECOND, frame);
            g.dispose();
            out.write(pixels);
        }
    }

    private static void draw(Graphics2D g, double seconds, int frame) {
        g.setPaint(new GradientPaint(0, 0, new Color(0x0d1b3e), 0, (float) HORIZON, new Color(0xf2a65a)));
        // The waves' troughs show what is behind the horizon.
        g.fill(new Rectangle2D.Double(0, 0, WIDTH, HORIZON + 30));
        sun(g);
        sea(g, seconds, 0);
        ferry(g, seconds);
        sea(g, seconds, 1);
        sea(g, seconds, 2);
        lighthouse(g, 120, 330, seconds, 0);
        lighthouse(g, 1160, 330, seconds, Math.PI);
        shore(g);
        clock(g, seconds, frame);
    }

    private static void sun(Graphics2D g) {
        float[] stops = {0f, 0.35f, 1f};
        Color[] colors = {new Color(255, 236, 190), new Color(255, 205, 130, 150), new Color(255, 180, 90, 0)};
        g.setPaint(new RadialGradientPaint(640, (float) HORIZON, 260, stops, colors));
        g.fill(new Ellipse2D.Double(380, HORIZON - 260, 520, 520));
    }

    private static void lighthouse(Graphics2D g, double x, double top, double seconds, double phase) {
        double turn = Math.cos(2 * Math.PI * seconds / 6 + phase);
        if (Math.abs(turn) > 0.05) {
            double reach = 900 * turn;
            Path2D beam = new Path2D.Double();
            beam.moveTo(x, top);
            beam.lineTo(x + reach, top - 60 * Math.abs(turn) - 15);
            beam.lineTo(x + reach, top + 60 * Math.abs(turn) - 15);
            beam.closePath();
            g.setComposite(AlphaComposite.SrcOver.derive(0.28f));
            g.setPaint(new GradientPaint(
                    (float) x, 0, new Color(255, 250, 210), (float) (x + reach), 0, new Color(255, 250, 210, 0)));
            g.fill(beam);
            g.setComposite(AlphaComposite.SrcOver);
        }
        g.setColor(new Color(0xf4f1ea));
        g.fill(new Rectangle2D.Double(x - 13, top + 12, 26, 110));
        g.setColor(new Color(0xb3392f));
        g.fill(new Rectangle2D.Double(x - 13, top + 40, 26, 20));
        g.fill(new Rectangle2D.Double(x - 13, top + 80, 26, 20));
        g.setColor(new Color(0x2b2b33));
        g.fill(new Rectangle2D.Double(x - 16, top - 10, 32, 22));
        g.setColor(new Color(0xfff3b0));
        g.fill(new Ellipse2D.Double(x - 8, top - 7, 16, 16));
    }

    /// One of three rows of waves; each moves by whole wavelengths in the period.
    private static void sea(Graphics2D g, double seconds, int row) {
        double base = HORIZON + 8 + 75 * row;
        double length = 160 + 80 * row;
        double shift = length * (2 + row) * seconds / SECONDS * (row == 1 ? -1 : 1);
        Path2D waves = new Path2D.Double();
        waves.moveTo(0, HEIGHT);
        for (int x = 0; x <= WIDTH; x += 8) {
            waves.lineTo(x, base + (5 + 4 * row) * Math.sin(2 * Math.PI * (x + shift) / length));
        }
        waves.lineTo(WIDTH, HEIGHT);
        waves.closePath();
        g.setColor(new Color[] {new Color(0x2a5a85), new Color(0x1c4468), new Color(0x12304e)}[row]);
        g.fill(waves);
    }

    private static void ferry(Graphics2D g, double seconds) {
        double x = -260 + (WIDTH + 520) * seconds / SECONDS;
        double y = HORIZON + 30 + 5 * Math.sin(2 * Math.PI * seconds / 3);
        Graphics2D ship = (Graphics2D) g.create();
        ship.translate(x, y);
        ship.rotate(0.015 * Math.sin(2 * Math.PI * seconds / 4));
        Path2D hull = new Path2D.Double();
        hull.moveTo(-120, 0);
        hull.lineTo(130, 0);
        hull.lineTo(100, 52);
        hull.lineTo(-100, 52);
        hull.closePath();
        ship.setColor(new Color(0x101820));
        ship.fill(hull);
        ship.setColor(new Color(0xd94f3d));
        ship.fill(new Rectangle2D.Double(-115, 6, 238, 8));
        ship.setColor(new Color(0xfaf7f0));
        ship.fill(new Rectangle2D.Double(-90, -34, 170, 34));
        ship.fill(new Rectangle2D.Double(-50, -60, 100, 28));
        ship.setColor(new Color(0xd94f3d));
        ship.fill(new Rectangle2D.Double(-20, -92, 28, 34));
        ship.setColor(new Color(0xffcf5c));
        for (int i = 0; i < 8; i++) {
            ship.fill(new Rectangle2D.Double(-80 + 20 * i, -24, 11, 11));
        }
        ship.dispose();
    }

    private static void shore(Graphics2D g) {
        g.setColor(new Color(0x1d2b24));
        Path2D left = new Path2D.Double();
        left.moveTo(0, 430);
        left.curveTo(90, 420, 190, 470, 250, HEIGHT);
        left.lineTo(0, HEIGHT);
        left.closePath();
        g.fill(left);
        Path2D right = new Path2D.Double();
        right.moveTo(WIDTH, 430);
        right.curveTo(WIDTH - 90, 420, WIDTH - 190, 470, WIDTH - 250, HEIGHT);
        right.lineTo(WIDTH, HEIGHT);
        right.closePath();
        g.fill(right);
    }

    /// Seconds and hundredths, a hand that goes round once in the period, and the lamp.
    private static void clock(Graphics2D g, double seconds, int frame) {
        g.setComposite(AlphaComposite.SrcOver.derive(0.72f));
        g.setColor(new Color(0x0b1020));
        g.fillRoundRect(390, 70, 500, 150, 40, 40);
        g.setComposite(AlphaComposite.SrcOver);
        g.setStroke(new BasicStroke(10, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(0x33405e));
        g.draw(new Ellipse2D.Double(420, 95, 100, 100));
        g.setColor(new Color(0x58d3c4));
        g.draw(new Arc2D.Double(420, 95, 100, 100, 90, -360 * seconds / SECONDS, Arc2D.OPEN));
        boolean flash = seconds - Math.floor(seconds) < FLASH_SECONDS;
        g.setColor(flash ? new Color(0xfff6d6) : new Color(0x1b2440));
        g.fill(new Ellipse2D.Double(445, 120, 50, 50));
        g.setColor(Color.WHITE);
        g.setFont(new Font("DejaVu Sans Mono", Font.BOLD, 92));
        int hundredths = frame * 100 / FRAMES_PER_SECOND;
        String text = String.format(Locale.ROOT, "%02d.%02d", hundredths / 100, hundredths % 100);
        g.drawString(text, 555, 178);
        g.setFont(new Font("DejaVu Sans", Font.BOLD, 34));
        g.setColor(new Color(255, 255, 255, 210));
        g.drawString("Strait demo", 535, 690);
    }

    /// Mono, 16 bits little endian; two periods, so that the encoder is in its stride for the second one.
    private static void sound(OutputStream out) throws IOException {
        int samples = 2 * SECONDS * SAMPLE_RATE;
        byte[] bytes = new byte[2 * samples];
        double[][] chords = {{220, 277.18, 329.63}, {196, 246.94, 293.66}, {174.61, 220, 261.63}, {196, 246.94, 329.63}};
        for (int i = 0; i < samples; i++) {
            double seconds = (double) i / SAMPLE_RATE;
            double inChord = seconds % 3;
            double swell = Math.sin(Math.PI * inChord / 3);
            double value = 0;
            for (double note : chords[(int) (seconds / 3) % chords.length]) {
                value += 0.07 * swell * Math.sin(2 * Math.PI * note * seconds);
            }
            double inSecond = seconds % 1;
            if (inSecond < FLASH_SECONDS) {
                double pitch = seconds % SECONDS < 1 ? 1318.5 : 880;
                value += 0.45 * Math.sin(Math.PI * inSecond / FLASH_SECONDS) * Math.sin(2 * Math.PI * pitch * inSecond);
            }
            short sample = (short) (value * Short.MAX_VALUE);
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        out.write(bytes);
    }
}
