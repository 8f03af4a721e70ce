package dev.flowguard.cli.view;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The browser of whoever started the program. */
final class Browser {
    private Browser() {}

    /** Opens the address, if there is a browser to be opened; if not, the address has been printed. */
    static void open(String address) {
        try {
            new ProcessBuilder(command(System.getProperty("os.name", ""), address))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No desktop: nothing is lost by it.
            return;
        }
    }

    static List<String> command(String system, String address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address);
        }
        return List.of(name.startsWith("mac") ? "open" : "xdg-open", address);
    }
}
