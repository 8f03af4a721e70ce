package dev.flowguard.cli.view;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.DecisionOptions;
import dev.flowguard.cli.input.FollowedCluster;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.config.BadInput;
import dev.flowguard.view.PageApi;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.http.PageServer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard view}: a page that shows flows. */
@Command(
        name = "view",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens a page in the browser: the map of who may talk to whom, how the declared flows stand, what blocks"
                    + " them and what would repair them, and what a change would do before it is applied.",
            "It is served on 127.0.0.1 only, to whoever knows the address that is printed, until Ctrl-C. Nothing is"
                    + " written to a live cluster."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was ended", "2:bad input: an option, a file or a folder that cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {"  flowguard view --manifests deploy/demo", "  flowguard view --context prod --port 8090 --no-open"})
public final class View implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private DecisionOptions decisions = new DecisionOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Serve the page on this port of 127.0.0.1 (default: one that is free).")
    private int port;

    @Option(names = "--no-open", description = "Only print the address; open no browser.")
    private boolean closed;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new BadInput(
                    "--port " + port + ": expected a number from 1 to " + HIGHEST_PORT + ", or 0 for a free one");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<KnownCluster> described = cluster.describedAlone(err);
        if (described.isPresent()) {
            serve(out, described.get().origin(), api(described.get(), cluster, decisions));
        } else {
            try (FollowedCluster followed = cluster.follow(err)) {
                serve(out, followed.origin(), api(new LiveShown(followed), decisions, followed.overrides()));
            }
        }
        return 0;
    }

    private void serve(PrintWriter out, String origin, PageApi api) throws InterruptedException {
        try (PageServer server = PageServer.start(port, api)) {
            out.println("Flowguard shows " + origin + " at " + server.address());
            out.println("  only to this machine, and to whoever knows this address; Ctrl-C ends it");
            out.flush();
            if (!closed) {
                Browser.open(server.openingAddress());
            }
            api.prepare();
            new CountDownLatch(1).await();
        }
    }

    /** What the page is answered about a cluster that has been read. */
    static PageApi api(KnownCluster known, ClusterOptions cluster, DecisionOptions decisions) {
        return api(new DescribedCluster(known, cluster.settings()), decisions, known.overrides());
    }

    static PageApi api(
            ShownCluster shown, DecisionOptions decisions, BiFunction<Requester, String, Permission> overrides) {
        return new PageApi(
                shown,
                new CommandEngine(decisions.settings(), decisions.requester(), overrides),
                decisions.settings().findings());
    }
}
