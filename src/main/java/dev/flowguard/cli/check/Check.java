package dev.flowguard.cli.check;

import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.DecisionOptions;
import dev.flowguard.config.BadInput;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard check}: judges a folder of manifests, or changes to it, without a server. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges the declared flows of a cluster, described by manifests or live: each is satisfied, broken,"
                    + " undetermined, or unbound (nothing in the cluster is meant by it).",
            "With --change or --delete it judges those instead, in the order given, as the webhook would: what is"
                    + " admitted becomes part of the cluster before the next is judged. Nothing is written to a live"
                    + " cluster.",
            "With --base it judges the difference between that folder and the cluster as one change: only flows"
                    + " that are newly broken count, whatever it is that changed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every change is admitted; without a change: no flow is broken",
            "1:a change is rejected or breaks a flow; without a change: a flow is broken, or there is a finding whose"
                    + " level is Deny",
            "2:bad input: an option, a file or a folder that cannot be used, or not all of it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flowguard check --manifests deploy/demo",
            "  flowguard check --manifests deploy/demo \\",
            "      --change deploy/demo/changes/06-typo-in-peer.yaml",
            "  flowguard check --manifests deploy/demo \\",
            "      --delete NetworkPolicy/shop/allow-dns -o json",
            "  flowguard check --base ../main/deploy/demo --manifests deploy/demo -o markdown",
            "  flowguard check --manifests deploy/demo -o repair | kubectl apply -f -",
            "  kubectl kustomize . | flowguard check --context prod --change -"
        })
public final class Check implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Tell and count only the affairs of this namespace: flows declared in it (by a FlowContract,"
                    + " or an annotation of an object in it or of the Namespace) or by a ClusterFlowContract, mistakes"
                    + " in those declarations, and findings in its policies. Not with --change or --delete.")
    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @Mixin
    private DecisionOptions decisions = new DecisionOptions();

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "Judge the difference between this folder and the cluster; as for --manifests.")
    private List<String> base = new ArrayList<>();

    @ArgGroup(multiplicity = "0..*")
    private List<Step> steps = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default); json; sarif, for code scanning; markdown, for a comment on a pull request;"
                    + " or repair, the policies that would make broken flows hold, for kubectl apply.")
    @SuppressWarnings("NullAway.Init")
    private CheckFormat format;

    @Option(
            names = "--replace",
            description = "Take the file of a --change as the whole object, as kubectl replace does. Without it what"
                    + " the object has and the file never had stays, as with kubectl apply.")
    private boolean replace;

    /** One change; several are judged in the order in which they are given. */
    static final class Step {
        @Option(
                names = "--change",
                paramLabel = "FILE",
                required = true,
                description = "Judge what applying this file or folder (- for standard input) would change; may be"
                        + " repeated.")
        private @Nullable String change;

        @Option(
                names = "--delete",
                paramLabel = "KIND/NS/NAME",
                required = true,
                description =
                        "Judge the deletion of this object, such as NetworkPolicy/shop/allow-dns; may be repeated.")
        private @Nullable String delete;

        @Option(
                names = "--staged",
                required = true,
                description =
                        "Judge what enforcing the staged policies of the cluster (StagedNetworkPolicy and the like"
                                + " of Calico) would do, one after the other.")
        private boolean staged;

        void judge(CheckChanges changes) {
            if (staged) {
                changes.enforceStaged();
            } else if (change != null) {
                changes.apply(change);
            } else if (delete != null) {
                changes.delete(delete);
            }
        }
    }

    @Override
    public Integer call() {
        CheckAnswer answer = answer();
        PrintWriter out = spec.commandLine().getOut();
        String text = answer.write(format);
        if (!text.isEmpty()) {
            out.println(text.replace("\n", System.lineSeparator()));
        }
        out.flush();
        answer.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
        return answer.isFailed() ? 1 : 0;
    }

    private CheckAnswer answer() {
        CheckQuestion question = new CheckQuestion(
                cluster,
                decisions,
                new Focus(cluster.only(namespace)),
                spec.commandLine().getErr());
        if (!base.isEmpty() && !steps.isEmpty()) {
            throw new BadInput(
                    "--base and --change, --delete or --staged exclude each other: a change is what differs from --base");
        }
        if (!base.isEmpty()) {
            return new CheckDifference(question, base);
        }
        if (steps.isEmpty()) {
            return new CheckState(question);
        }
        if (!namespace.isEmpty()) {
            throw new BadInput(
                    "--namespace and --change, --delete or --staged exclude each other: the webhook, as which changes"
                            + " are judged, looks at all that they break");
        }
        cluster.refuseStandardInputTwice(
                "--change",
                steps.stream().flatMap(step -> Stream.ofNullable(step.change)).toList());
        CheckChanges changes = new CheckChanges(question, replace);
        steps.forEach(step -> step.judge(changes));
        return changes;
    }
}
