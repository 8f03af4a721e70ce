package dev.flowguard.cli.serve;

import dev.flowguard.cli.input.EnvironmentOptions;
import dev.flowguard.cli.input.SharedConfig;
import dev.flowguard.config.BadInput;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard serve}: runs the webhook until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the webhook: answers the AdmissionReviews of an API server.",
        footer = {
            "",
            "With --manifests an answer may take as long as 20 s (flowguard.deadline),",
            "since no API server waits for it.",
            "",
            "Without --manifests it follows the live cluster that a kubeconfig names",
            "(KUBECONFIG, ~/.kube/config), or that it runs in.",
            "",
            "The webhook answers at https://localhost:8443/validate,",
            "health and metrics are at http://localhost:9000/q/health and /q/metrics.",
            "",
            "Options of Quarkus work as well, in front of -jar:",
            "  -Dquarkus.http.ssl-port=9443      the port of the webhook",
            "  -Dquarkus.management.port=9001    the port of health and metrics",
            "  -Dquarkus.tls.webhook.key-store.pem.0.cert=tls.crt",
            "  -Dquarkus.tls.webhook.key-store.pem.0.key=tls.key",
            "  -Dquarkus.tls.webhook.reload-period=1m",
            "                                    a certificate of your own, read again",
            "                                    every minute; else one is made in memory",
            "  -Dquarkus.log.console.json.enabled=true",
            "                                    a log for machines"
        })
public final class Serve implements Callable<Integer> {
    /** Quarkus reads it wherever it is started. */
    private static final Path UNNAMED = Path.of("config", "application.properties");

    private static final String DEADLINE = "flowguard.deadline";

    /** No API server waits for an answer about manifests, and the first may take a while where the machine is slow. */
    private static final String PATIENT = "20s";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(exclusive = false)
    private @Nullable Folder folder;

    @Option(
            names = "--cni",
            paramLabel = "NAME",
            description = "The network plugin whose reading of policies applies, such as calico or cilium;"
                    + " by default it is recognised by its DaemonSet.")
    private @Nullable String cni;

    /** {@code -R} says something only about a folder. */
    static final class Folder {
        @Option(
                names = {"-f", "--manifests"},
                paramLabel = "DIR",
                required = true,
                description = "Take the cluster's state from the YAML files of this folder, not from a live cluster."
                        + " Changes that are admitted become part of it, in memory.")
        @SuppressWarnings("NullAway.Init")
        private Path manifests;

        @Option(
                names = {"-R", "--recursive"},
                description = "Include the folder's subfolders.")
        private boolean recursive;
    }

    @Override
    public Integer call() {
        if (folder != null) {
            if (!Files.exists(folder.manifests)) {
                throw new BadInput("--manifests " + folder.manifests + ": there is no such folder (from "
                        + Path.of("").toAbsolutePath() + ")");
            }
            set("flowguard.manifests", folder.manifests.toString());
            if (System.getProperty(DEADLINE) == null && System.getenv("FLOWGUARD_DEADLINE") == null) {
                set(DEADLINE, PATIENT);
            }
            if (folder.recursive) {
                set("flowguard.manifests-recursive", "true");
            }
        }
        if (cni != null) {
            set("flowguard.cni", cni);
        }
        SharedConfig.file()
                .ifPresent(file -> set("quarkus.config.locations", file.toUri().toString()));
        if (Files.exists(UNNAMED)) {
            spec.commandLine().getErr().println("note: " + UNNAMED + " in this folder is read as well");
        }
        EnvironmentOptions.check(System.getenv().keySet());
        ExitCode exitCode = new ExitCode();
        Quarkus.run(Server.class, exitCode::ended);
        return exitCode.code;
    }

    /** System properties are what Quarkus asks first, so that the command line wins over files and environment. */
    private static void set(String option, String value) {
        System.setProperty(option, value);
    }

    private final class ExitCode {
        private int code;

        private void ended(int quarkusCode, @Nullable Throwable failure) {
            if (failure == null) {
                code = quarkusCode;
                return;
            }
            StartFailure why = StartFailure.of(failure);
            why.print(spec.commandLine().getErr());
            code = why.exitCode();
        }
    }
}
