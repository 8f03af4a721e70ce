package dev.flowguard.cli.input;

import dev.flowguard.cli.serve.Serve;
import dev.flowguard.config.BadInput;
import dev.flowguard.config.DefaultConfig;
import dev.flowguard.config.FlowguardConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration that every command shares with {@link Serve}, read without booting Quarkus: system properties, the environment, and the file
 * that {@code --config} names. Nothing is read from where the program happens to be started: that is often somebody else's checkout.
 */
public final class SharedConfig {
    /** Above a file within the program and below the environment, as Quarkus has it. */
    private static final int FILE_ORDINAL = 260;

    private static volatile Optional<Path> file = Optional.empty();

    private SharedConfig() {}

    /** From now on, for the command that is being run. */
    public static void readFrom(Optional<Path> named) {
        file = named;
    }

    /** The file that is named. */
    public static Optional<Path> file() {
        file.filter(path -> !Files.isRegularFile(path)).ifPresent(path -> {
            throw new BadInput("--config " + path + ": there is no such file (from "
                    + Path.of("").toAbsolutePath() + ")");
        });
        return file;
    }

    /** @throws BadInput with a sentence for each option that cannot be used */
    public static FlowguardConfig read() {
        return isAnythingChosen() ? configured() : new DefaultConfig();
    }

    /** However an option is spelt, and in whichever profile, the name of the program is in it. */
    private static boolean isAnythingChosen() {
        return file.isPresent()
                || Stream.concat(
                                System.getProperties().stringPropertyNames().stream(),
                                System.getenv().keySet().stream())
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("flowguard"));
    }

    private static FlowguardConfig configured() {
        EnvironmentOptions.check(System.getenv().keySet());
        try {
            SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                    .addSystemSources()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withProfile(profile())
                    .withMapping(FlowguardConfig.class);
            Optional<Path> named = file();
            if (named.isPresent()) {
                builder.withSources(
                        new PropertiesConfigSource(named.get().toUri().toURL(), FILE_ORDINAL));
            }
            return builder.build().getConfigMapping(FlowguardConfig.class);
        } catch (ConfigValidationException problems) {
            throw BadInput.list("Flowguard cannot run with these options:", OptionProblem.sentences(problems));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput("The file of --config cannot be read: " + e.getMessage(), e);
        }
    }

    private static String profile() {
        return Optional.ofNullable(System.getProperty("quarkus.profile"))
                .or(() -> Optional.ofNullable(System.getenv("QUARKUS_PROFILE")))
                .orElse("prod");
    }
}
