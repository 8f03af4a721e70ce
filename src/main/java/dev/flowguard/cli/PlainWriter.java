package dev.flowguard.cli;

import dev.flowguard.net.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Lets through text, and shows characters that would do something to a terminal as what they are. Names, file names and reasons come from
 * manifests that others wrote; whichever sentence they end up in, it is printed here.
 */
final class PlainWriter extends Writer {
    private final PrintWriter out;

    private PlainWriter(PrintWriter out) {
        super(out);
        this.out = out;
    }

    static PrintWriter around(PrintWriter out) {
        return out instanceof Around ? out : new Around(new PlainWriter(out));
    }

    @Override
    public void write(char[] characters, int from, int length) {
        String text = new String(characters, from, length);
        // Windows ends its lines so; what stands alone goes back to the beginning of a line and overwrites it.
        String[] lines = text.split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            out.write(i == 0 ? "" : "\r\n");
            out.write(plain(lines[i]));
        }
    }

    private static String plain(String text) {
        if (text.indexOf('\t') < 0) {
            return Plain.lines(text);
        }
        StringBuilder plain = new StringBuilder();
        String[] parts = text.split("\t", -1);
        for (int i = 0; i < parts.length; i++) {
            plain.append(i == 0 ? "" : "\t").append(Plain.lines(parts[i]));
        }
        return plain.toString();
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static final class Around extends PrintWriter {
        private Around(PlainWriter writer) {
            super(writer, true);
        }
    }
}
