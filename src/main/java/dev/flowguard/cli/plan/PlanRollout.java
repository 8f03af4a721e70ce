package dev.flowguard.cli.plan;

import dev.flowguard.assess.plan.Detour;
import dev.flowguard.assess.plan.Plan;
import dev.flowguard.assess.plan.PlanSearch;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.config.BadInput;
import dev.flowguard.wording.Names;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flowguard plan}: in which order to apply policies so that nothing breaks on the way. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Finds an order in which to create, update and delete NetworkPolicies on the way from --base to"
                    + " --manifests, so that no declared flow that works is broken at any time; or says why there is none,"
                    + " and how temporary policies help. Steps of one wave are safe in any order.",
            "Both folders are whole states: a policy that --manifests lacks is deleted, unless it holds nothing at all"
                    + " of the policy's namespace. What else differs is taken to be applied before the policies."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there is a safe order, or nothing to do",
            "1:there is none, or none was found; or the program failed",
            "2:bad input: an option, a file or a folder that cannot be used"
        },
        footerHeading = "%nExamples. The first closes kube-system of the demo shop, allows first:%n",
        footer = {
            "  flowguard plan --base deploy/demo --manifests deploy/demo \\",
            "    --manifests deploy/demo/changes/20a-default-deny.yaml \\",
            "    --manifests deploy/demo/changes/20b-allow.yaml",
            "  flowguard plan --base deploy/demo --manifests deploy/demo -o argocd \\",
            "    --manifests deploy/demo/changes/20b-allow.yaml",
            "  git worktree add ../now main && \\",
            "    flowguard plan --base ../now/policies --manifests policies -R",
            "  flowguard plan --context prod --manifests policies"
        })
public final class PlanRollout implements Callable<Integer> {
    private static final int NOT_SAFE = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description =
                    "What describes the cluster as it is, as for --manifests (default: with --context the live cluster;"
                            + " without, that of --manifests without any NetworkPolicy, as before a first rollout).")
    private List<String> base = new ArrayList<>();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Only changes of policies in this namespace; the others stay as in --base.")
    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json, argocd (patches that set sync waves) or flux (a Kustomization for each"
                    + " wave that depends on the one before).")
    @SuppressWarnings("NullAway.Init")
    private PlanFormat format;

    @Override
    public Integer call() {
        cluster.refuseStandardInputTwice("--base", base);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        KnownCluster wanted = cluster.described(err)
                .orElseThrow(() -> new BadInput("--manifests is missing: the state that the plan leads to"));
        KnownCluster now = now(wanted, err);
        PolicyDifference difference =
                PolicyDifference.between(now.observations(), wanted.observations(), cluster.only(namespace));
        Snapshot before = new ClusterModel(cluster.settings().ignoringOtherPolicies()).apply(difference.before());
        NamespaceOption.check(namespace, before);
        ClusterOptions.note(before, err);
        notes(difference).forEach(note -> err.println("note: " + note));
        Plan plan = PlanSearch.plan(before, difference.changes());
        PlanReport report = new PlanReport(
                plan,
                plan.isSafe()
                        ? List.of()
                        : Detour.around(plan, before, difference.changes()).stream()
                                .toList(),
                wanted.origin(),
                object -> wanted.position(object).or(() -> now.position(object)));
        format.lines(report).forEach(out::println);
        out.flush();
        return plan.isSafe() ? 0 : NOT_SAFE;
    }

    private KnownCluster now(KnownCluster wanted, PrintWriter err) {
        if (!base.isEmpty() && cluster.namesContext()) {
            throw new BadInput("--base and --context exclude each other: both say what the cluster is now");
        }
        if (cluster.namesContext()) {
            return cluster.live(err);
        }
        return base.isEmpty() ? wanted.withoutPolicies() : cluster.input(err).read(base);
    }

    private static List<String> notes(PolicyDifference difference) {
        List<String> notes = new ArrayList<>();
        if (!difference.left().isEmpty()) {
            notes.add(Names.policies(difference.left()) + " stay: nothing of their namespaces is in --manifests");
        }
        List<String> others = difference.before().stream()
                .map(Observation::facts)
                .flatMap(List::stream)
                .filter(Fact.OtherPolicy.class::isInstance)
                .map(fact -> ((Fact.OtherPolicy) fact).policy().toString())
                .toList();
        if (!others.isEmpty()) {
            notes.add("policies of other kinds are not evaluated, and left out of account: " + Names.some(others));
        }
        return notes;
    }
}
