package dev.flowguard.cli.explain;

import dev.flowguard.cli.input.KindNames;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Spelling;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds who is meant by {@code NAMESPACE/NAME}, {@code KIND/NAMESPACE/NAME}, {@code NAME} or an address. */
public final class EndNames {
    private static final String SERVICE = "Service";

    /** What controllers append to their own names to name pods: a template's hash and five letters, or a number. */
    private static final Pattern POD_SUFFIX = Pattern.compile("(-[a-z0-9]{5,10})?-[a-z0-9]{5}|-[0-9]+");

    private final Snapshot cluster;
    private final String defaultNamespace;
    private final AddressNames addresses;

    /** @param defaultNamespace where a bare name is looked for; empty: it has to be the only one of the cluster */
    public EndNames(Snapshot cluster, String defaultNamespace) {
        this.cluster = cluster;
        this.defaultNamespace = defaultNamespace;
        this.addresses = new AddressNames(cluster);
    }

    /** @param option that the text was given for, to be named in errors */
    public NamedEnd find(String option, String text) {
        if (AddressNames.isAddress(text)) {
            return addresses.find(option, text);
        }
        String[] parts = text.split("/", -1);
        if (parts.length > 3 || Stream.of(parts).anyMatch(String::isEmpty)) {
            throw new BadInput(option + " " + text
                    + ": expected NAMESPACE/NAME such as shop/orders, KIND/NAMESPACE/NAME, or an IP address");
        }
        String name = parts[parts.length - 1];
        boolean isKind = parts.length == 3 || parts.length == 2 && isKindNotNamespace(parts[0]);
        String kind = isKind ? KindNames.kind(parts[0]) : "";
        NamespaceShard shard = parts.length - (isKind ? 1 : 0) == 1
                ? home(option, text, name)
                : namespace(option, text, parts[parts.length - 2]);
        return find(option, text, shard, kind, name);
    }

    /** A namespace may be called svc; where one is, it is meant. */
    private boolean isKindNotNamespace(String text) {
        return KindNames.isKind(text) && cluster.namespace(text).isEmpty();
    }

    private NamespaceShard namespace(String option, String text, String name) {
        return cluster.namespace(name)
                .orElseThrow(() -> new BadInput(option + " " + text + ": there is no namespace " + name
                        + Spelling.hint(
                                name,
                                cluster.namespaces().stream()
                                        .map(NamespaceShard::name)
                                        .toList())));
    }

    /** The namespace of a bare name. */
    private NamespaceShard home(String option, String text, String name) {
        if (!defaultNamespace.isEmpty()) {
            return namespace(option, text, defaultNamespace);
        }
        List<NamespaceShard> homes = cluster.namespaces().stream()
                .filter(shard -> names(shard).contains(name))
                .toList();
        if (homes.size() == 1) {
            return homes.get(0);
        }
        throw new BadInput(option + " " + text
                + (homes.isEmpty()
                        ? ": nothing in the cluster has that name" + Spelling.hint(name, allNames())
                        : ": in which namespace? There is one of that name in " + choice(homes)));
    }

    private static String choice(List<NamespaceShard> shards) {
        return shards.stream().map(NamespaceShard::name).collect(Collectors.joining(" and in "));
    }

    private Collection<String> allNames() {
        return cluster.namespaces().stream()
                .flatMap(shard -> names(shard).stream())
                .distinct()
                .toList();
    }

    private NamedEnd find(String option, String text, NamespaceShard shard, String kind, String name) {
        List<ServiceEntry> services = kind.isEmpty() || kind.equalsIgnoreCase(SERVICE)
                ? shard.service(name).stream().toList()
                : List.of();
        List<Owner> owners = owners(shard).stream()
                .filter(owner -> owner.name().equals(name))
                .filter(owner -> kind.isEmpty() || owner.kind().equalsIgnoreCase(kind))
                .toList();
        if (owners.size() > 1) {
            throw new BadInput(option + " " + text + ": which of them? Write "
                    + owners.stream()
                            .map(owner -> owner.kind() + "/" + shard.name() + "/" + name)
                            .collect(Collectors.joining(" or ")));
        }
        if (owners.size() == 1) {
            return new NamedEnd(
                    shard.name() + "/" + name,
                    ends(shard, owners.get(0)),
                    services,
                    ownedBy(shard.name(), owners.get(0)),
                    "");
        }
        return services.isEmpty()
                ? podOf(shard, kind, name).orElseThrow(() -> unknown(option, text, shard, kind, name))
                : new NamedEnd(
                        shard.name() + "/" + name,
                        List.of(),
                        services,
                        new FlowEnd.ServicePods(shard.name(), name),
                        "");
    }

    /** A pod goes by the name of its workload, of which policies cannot tell it apart. */
    private static Optional<NamedEnd> podOf(NamespaceShard shard, String kind, String name) {
        return owners(shard).stream()
                .filter(owner -> kind.isEmpty() || kind.equalsIgnoreCase(Owner.POD))
                .filter(owner -> name.startsWith(owner.name())
                        && POD_SUFFIX
                                .matcher(name.substring(owner.name().length()))
                                .matches())
                .max(Comparator.comparing(owner -> owner.name().length()))
                .map(owner -> new NamedEnd(
                        shard.name() + "/" + owner.name(),
                        ends(shard, owner),
                        List.of(),
                        ownedBy(shard.name(), owner),
                        shard.name() + "/" + name + " is taken for a pod of " + owner));
    }

    private BadInput unknown(String option, String text, NamespaceShard shard, String kind, String name) {
        Optional<Fact.Alias> alias = shard.alias(name).filter(any -> kind.isEmpty() || kind.equalsIgnoreCase(SERVICE));
        if (alias.isPresent()) {
            return new BadInput(option + " " + text + ": Service " + shard.name() + "/" + name
                    + " is an ExternalName, another name in DNS for "
                    + alias.get().target() + "; name the Service or the address that it leads to");
        }
        List<NamespaceShard> elsewhere = cluster.namespaces().stream()
                .filter(other -> names(other).contains(name))
                .toList();
        return new BadInput(option + " " + text + ": namespace " + shard.name() + " has no "
                + (kind.isEmpty() ? "workload or Service" : kind) + " " + name
                + (elsewhere.isEmpty() || elsewhere.contains(shard)
                        ? Spelling.hint(name, names(shard))
                        : "; there is one in " + choice(elsewhere)));
    }

    private static SortedSet<Owner> owners(NamespaceShard shard) {
        return shard.workloads().stream()
                .flatMap(workload -> workload.owners().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> names(NamespaceShard shard) {
        SortedSet<String> names =
                owners(shard).stream().map(Owner::name).collect(Collectors.toCollection(TreeSet::new));
        shard.services().forEach(service -> names.add(service.name()));
        return names;
    }

    static FlowEnd ownedBy(String namespace, Owner owner) {
        return new FlowEnd.OwnedBy(new ObjectRef(owner.kind(), namespace, owner.name()));
    }

    private static List<Endpoint> ends(NamespaceShard shard, Owner owner) {
        return shard.workloads().stream()
                .filter((Workload workload) -> workload.owners().contains(owner))
                .<Endpoint>map(Endpoint.Pods::new)
                .toList();
    }
}
