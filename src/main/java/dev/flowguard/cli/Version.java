package dev.flowguard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the build wrote it down. */
public final class Version implements IVersionProvider {
    private static final String FILE = "/flowguard-version.properties";

    public static String text() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The build put no " + FILE + " beside the classes.");
            }
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"flowguard " + text()};
    }
}
