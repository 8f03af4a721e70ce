package dev.flowguard.cli.input;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.config.BadInput;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.wiring.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that looks at a cluster: where its state comes from and how it is read. */
public final class ClusterOptions {
    @Option(
            names = {"-f", "--manifests"},
            paramLabel = "DIR",
            description = "A folder (or file) of YAML or JSON that describes the cluster; - for standard input. May be"
                    + " repeated: what is read later replaces what has the same name. Without it (and without"
                    + " flowguard.manifests in the configuration) the cluster is a live one, which is only read.")
    private List<String> manifests = new ArrayList<>();

    @Option(
            names = {"-k", "--kustomize"},
            paramLabel = "DIR",
            description =
                    "What this kustomization renders to, by kubectl or kustomize; may be repeated, and is read after"
                            + " all of --manifests.")
    private List<String> kustomizations = new ArrayList<>();

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(
            names = "--context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The live cluster of this context of the kubeconfig (KUBECONFIG, ~/.kube/config); by default"
                    + " of the current one or, in a pod, the cluster around it.")
    @SuppressWarnings("NullAway.Init")
    private String context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig to take the place of KUBECONFIG and ~/.kube/config.")
    private List<Path> kubeconfig = new ArrayList<>();

    private boolean leftOut;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "All namespaces, also where that is the default.")
    private boolean allNamespaces;

    @Option(
            names = "--cni",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The network plugin whose reading of policies applies, such as calico or cilium; by default"
                    + " that of flowguard.cni in the configuration, or else it is recognised by its DaemonSet.")
    @SuppressWarnings("NullAway.Init")
    private String cni;

    /** Whether something was left out because it is wrong: an answer about the rest does not make that right. */
    public boolean hasLeftOut() {
        return leftOut;
    }

    /** The cluster as it is described, to be looked at. What deserves a word but is no problem is written to {@code err}. */
    public Snapshot snapshot(PrintWriter err) {
        return snapshot(knownInPart(err), err);
    }

    /** The same, to be compared with another state, in which what is left out would look like a change. */
    public Snapshot wholeSnapshot(PrintWriter err) {
        return snapshot(known(err), err);
    }

    /** Another cluster, described elsewhere and read in the same way. */
    public Snapshot snapshot(List<String> paths, PrintWriter err) {
        return snapshot(input(err).read(paths, List.of()), err);
    }

    /**
     * The namespace that an answer is narrowed down to.
     *
     * @param namespace of the option {@code -n}; empty where it is not given
     */
    public String only(String namespace) {
        if (allNamespaces && !namespace.isEmpty()) {
            throw new BadInput("--namespace and --all-namespaces exclude each other");
        }
        return namespace;
    }

    /** Whether all namespaces are asked for in so many words. */
    public boolean allNamespaces() {
        return allNamespaces;
    }

    @Option(
            names = "--dns",
            paramLabel = "NAMESPACE/SERVICE|ADDRESS",
            defaultValue = "",
            description =
                    "The Service by which the cluster resolves names, or the address of a resolver; by default that of"
                            + " flowguard.dns in the configuration, or else it is found. Manifests without kube-system are"
                            + " taken to have the usual one, kube-system/kube-dns.")
    @SuppressWarnings("NullAway.Init")
    private String dns;

    @Option(
            names = "--implied",
            paramLabel = "ID=LEVEL",
            split = ",",
            description =
                    "What implied flows may do (Off, Warn or Deny), over flowguard.implied of the configuration: ID"
                            + " is cluster-dns, admission-webhook, kubernetes-api, metrics, ingress or all.")
    private List<String> implied = new ArrayList<>();

    /** All that is known of the cluster. The one place where its state comes from. */
    public KnownCluster known(PrintWriter err) {
        return known(describedAlone(err), err);
    }

    /**
     * What is known of the cluster, to be looked at: of folders of manifests, files in which something is wrong are left out, which is
     * written to {@code err} as an error and remembered by {@link #hasLeftOut}.
     */
    public KnownCluster knownInPart(PrintWriter err) {
        return known(alone(described(err, ManifestInput::readInPart)), err);
    }

    private KnownCluster known(Optional<KnownCluster> described, PrintWriter err) {
        KnownCluster known = described.orElseGet(() -> live(err));
        if (described.isEmpty()) {
            requireDns(known);
        }
        return known;
    }

    /** As {@link #described}, where a live cluster must not be named as well. */
    public Optional<KnownCluster> describedAlone(PrintWriter err) {
        return alone(described(err));
    }

    private Optional<KnownCluster> alone(Optional<KnownCluster> described) {
        if (described.isPresent() && namesContext()) {
            throw new BadInput((manifests.isEmpty() ? "-k" : "--manifests") + " and "
                    + (context.isEmpty() ? "--kubeconfig" : "--context")
                    + " exclude each other: both say what the cluster is; to judge"
                    + " manifests against a live cluster there are check --change and plan");
        }
        if (described.isPresent()) {
            requireDns(described.orElseThrow());
        }
        return described;
    }

    private void requireDns(KnownCluster known) {
        if (dns.contains("/") && !known.hasService(dns)) {
            throw new BadInput("--dns " + dns + ": there is no such Service in " + known.origin());
        }
    }

    /** What manifests describe; empty where none are given. */
    public Optional<KnownCluster> described(PrintWriter err) {
        return described(err, ManifestInput::read);
    }

    private Optional<KnownCluster> described(PrintWriter err, Reading reading) {
        if (!manifests.isEmpty() || !kustomizations.isEmpty()) {
            return Optional.of(read(input(err), reading, manifests, kustomizations));
        }
        FlowguardConfig config = SharedConfig.read();
        return namesContext()
                ? Optional.empty()
                : config.manifests()
                        .map(folder -> read(
                                folders.input(config.manifestsRecursive(), err),
                                reading,
                                List.of(folder.toString()),
                                List.of()));
    }

    private KnownCluster read(ManifestInput input, Reading reading, List<String> paths, List<String> folders) {
        KnownCluster read = reading.read(input, paths, folders);
        leftOut |= input.hasLeftOut();
        return read;
    }

    /** How much of manifests has to be right. */
    private interface Reading {
        KnownCluster read(ManifestInput input, List<String> paths, List<String> kustomizations);
    }

    /** The objects of those kinds, for the shell to complete their names; a namespace that only its objects name counts as one. */
    public List<ObjectRef> objects(Set<String> kinds, PrintWriter err) {
        return described(err)
                .map(known -> known.observations().stream()
                        .map(Observation::object)
                        .flatMap(object -> Stream.of(object, new ObjectRef("Namespace", "", object.namespace())))
                        .filter(object ->
                                kinds.contains(object.kind()) && !object.name().isEmpty())
                        .distinct()
                        .toList())
                .orElseGet(() -> new LiveSource(context, kubeconfig).objects(kinds));
    }

    /** The contexts of the kubeconfig by their names. */
    public List<String> contexts() {
        return new LiveSource("", kubeconfig).contexts();
    }

    /** The live cluster as it is now. */
    public KnownCluster live(PrintWriter err) {
        return new LiveSource(context, kubeconfig).list(settings().considerOtherPolicies(), err);
    }

    /** The live cluster, followed from now on until it is closed. */
    public FollowedCluster follow(PrintWriter err) {
        return new LiveSource(context, kubeconfig).follow(settings(), err);
    }

    /** Whether the options name a live cluster. */
    public boolean namesContext() {
        return !context.isEmpty() || !kubeconfig.isEmpty();
    }

    /** How manifests are read for other options. */
    public ManifestInput input(PrintWriter err) {
        return folders.input(false, err);
    }

    private Snapshot snapshot(KnownCluster known, PrintWriter err) {
        Snapshot snapshot = new ClusterModel(settings()).apply(known.observations());
        note(snapshot, err);
        return snapshot;
    }

    /** Tells what of the cluster makes answers about it other than one may expect. */
    public static void note(Snapshot snapshot, PrintWriter err) {
        if (!snapshot.cni().enforcesPolicies()) {
            err.println("note: the network plugin (" + snapshot.cni().configuredName()
                    + ") does not enforce NetworkPolicies: everything is allowed");
        }
        ClusterNotes.of(snapshot).forEach(note -> err.println("note: " + note));
    }

    /** Standard input can be read once only. */
    public void refuseStandardInputTwice(String otherOption, List<String> others) {
        boolean ours = manifests.contains(ManifestInput.STANDARD_INPUT);
        if (ours && others.contains(ManifestInput.STANDARD_INPUT)) {
            throw new BadInput(otherOption + " - and --manifests -: standard input can be read only once");
        }
    }

    public ClusterSettings settings() {
        ClusterSettings configured = withImplied(withDns(Settings.cluster(SharedConfig.read())));
        try {
            return cni.isEmpty() ? configured : configured.withCni(cni);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--cni: " + e.getMessage(), e);
        }
    }

    private ClusterSettings withDns(ClusterSettings configured) {
        if (dns.isEmpty()) {
            return configured;
        }
        if (dns.contains("/")) {
            return configured.withDnsService(dns);
        }
        try {
            return configured.withResolver(Address.parse(dns));
        } catch (IllegalArgumentException notAnAddress) {
            throw new BadInput(
                    "--dns " + dns + ": expected NAMESPACE/SERVICE, or the address of a resolver", notAnAddress);
        }
    }

    private ClusterSettings withImplied(ClusterSettings configured) {
        ImpliedLevels.Reading chosen = configured.implied().with(String.join(",", implied));
        if (!chosen.problems().isEmpty()) {
            throw new BadInput("--implied: " + String.join("; ", chosen.problems()));
        }
        return configured.withImplied(chosen.levels());
    }
}
