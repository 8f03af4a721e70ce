package dev.flowguard.cli.input;

import dev.flowguard.cli.serve.Serve;
import dev.flowguard.config.BadInput;
import dev.flowguard.config.FlowguardConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration that every command shares with {@link Serve}, read without booting Quarkus from the same places: system
 * properties, the environment, and {@code config/application.properties} where the program is started.
 */
public final class SharedConfig {
    private static final Path FILE = Path.of("config", "application.properties");

    /** Above a file within the program and below the environment, as Quarkus has it. */
    private static final int FILE_ORDINAL = 260;

    private SharedConfig() {}

    /** @throws BadInput with a sentence for each option that cannot be used */
    public static FlowguardConfig read() {
        EnvironmentOptions.check(System.getenv().keySet());
        try {
            SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                    .addSystemSources()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withProfile(profile())
                    .withMapping(FlowguardConfig.class);
            if (Files.isRegularFile(FILE)) {
                builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), FILE_ORDINAL));
            }
            return builder.build().getConfigMapping(FlowguardConfig.class);
        } catch (ConfigValidationException problems) {
            throw BadInput.list("Flowguard cannot run with these options:", OptionProblem.sentences(problems));
        } catch (IOException e) {
            throw new BadInput(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String profile() {
        return Optional.ofNullable(System.getProperty("quarkus.profile"))
                .or(() -> Optional.ofNullable(System.getenv("QUARKUS_PROFILE")))
                .orElse("prod");
    }
}
