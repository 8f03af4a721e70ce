package dev.flowguard.cli.view;

import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.DecisionOptions;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.view.PageApi;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.http.PageServer;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The page as {@code flowguard view --manifests …} serves it, in this process. */
public final class PageOfDemo {
    static final String DEMO = "deploy/demo";

    private PageOfDemo() {}

    static PageServer serve() {
        return serve(DEMO);
    }

    /** @param demo {@code shop}, {@code tiers}, {@code cilium} or {@code calico} */
    static PageServer named(String demo) {
        String folder = demo.equals("shop") ? DEMO : DEMO + "/" + demo;
        return demo.equals("calico") ? serve(folder, "--cni", "calico") : serve(folder);
    }

    static PageServer serve(String folder, String... more) {
        return PageServer.start(0, api(folder, more));
    }

    static PageServer deciding(List<PastDecision> decisions) {
        return PageServer.start(0, deciding(DEMO, decisions));
    }

    /** As beside a webhook that has decided this. */
    public static PageApi deciding(String folder, List<PastDecision> decisions) {
        ClusterOptions cluster = CommandLine.populateCommand(new ClusterOptions(), "--manifests", folder);
        KnownCluster known = cluster.known(new PrintWriter(Writer.nullWriter()));
        ShownCluster shown = new DecidingCluster(new DescribedCluster(known, cluster.settings()), decisions);
        return View.api(shown, CommandLine.populateCommand(new DecisionOptions()), known.overrides());
    }

    /** What that answers, asked without a browser. @param more options of the command */
    public static PageApi api(String folder, String... more) {
        String[] arguments =
                Stream.concat(Stream.of("--manifests", folder), Stream.of(more)).toArray(String[]::new);
        ClusterOptions cluster = CommandLine.populateCommand(new ClusterOptions(), arguments);
        DecisionOptions decisions = CommandLine.populateCommand(new DecisionOptions());
        PrintWriter err = new PrintWriter(Writer.nullWriter());
        return View.api(cluster.known(err), cluster, decisions);
    }
}
