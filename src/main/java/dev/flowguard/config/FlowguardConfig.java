package dev.flowguard.config;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.net.Address;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every option of Flowguard's own. Set them the way any Quarkus option is set: {@code -Dflowguard.mode=Warn}, the environment
 * variable {@code FLOWGUARD_MODE}, or a file that {@code --config} names; other options on the command line win.
 * A bad value stops the start with a sentence.
 *
 * <p>No option may be called {@code port}, {@code service} or {@code service.*}: for a Service named flowguard Kubernetes puts
 * {@code FLOWGUARD_PORT} and {@code FLOWGUARD_SERVICE_…} into the environment of every pod beside it.
 */
@ConfigMapping(prefix = "flowguard")
public interface FlowguardConfig {
    /** The value of {@link #cni()} that means: find out. */
    String AUTO = "auto";

    /** A folder of YAML to take the cluster's state from. Without it the state is that of the live cluster. */
    Optional<Path> manifests();

    /** Whether {@link #manifests()} includes subfolders. */
    @WithDefault("false")
    @WithConverter(Converters.ToBoolean.class)
    boolean manifestsRecursive();

    /** Whose reading of the NetworkPolicy API applies: {@code auto} (by the node agents that are found) or the name of a profile. */
    @WithDefault(AUTO)
    @WithConverter(Converters.ToCniName.class)
    String cni();

    /** The most that any contract may do about a change that breaks it: {@code Deny}, {@code Warn} or {@code Audit}. */
    @WithDefault("Deny")
    @WithConverter(Converters.ToEnforcement.class)
    Enforcement mode();

    /**
     * What findings may do: {@code ID=LEVEL}, separated by commas, where a level is {@code Off}, {@code Warn} or {@code Deny} and
     * {@code all} stands for every finding. Those that are not named warn.
     */
    @WithDefault("all=Warn")
    @WithConverter(Converters.ToFindingLevels.class)
    FindingLevels findings();

    /**
     * What implied flows may do, those that follow from the cluster's own objects without being declared: {@code ID=LEVEL}, separated
     * by commas, where ID is {@code cluster-dns}, {@code admission-webhook}, {@code kubernetes-api}, {@code metrics}, {@code ingress} or
     * {@code all}, and a level is {@code Off}, {@code Warn} or {@code Deny}.
     */
    @WithDefault("all=Warn")
    @WithConverter(Converters.ToImpliedLevels.class)
    ImpliedLevels implied();

    /** Whether policies of kinds that are not evaluated make a verdict uncertain: {@code consider} or {@code ignore}. */
    @WithDefault("consider")
    OtherPolicies otherPolicies();

    /**
     * What happens to changes while the cluster's state is not known (yet, or any more): {@code admit} them with a warning, or
     * {@code deny} them.
     */
    @WithDefault("admit")
    WhenUnsure whenNotReady();

    /**
     * What happens to a change that could not be judged because of an internal error, the {@link #deadline()} or overload:
     * {@code admit} it with a warning, or {@code deny} it.
     */
    @WithDefault("admit")
    WhenUnsure whenUnjudged();

    /**
     * How long an answer may take, as a duration. Keep it well below {@code timeoutSeconds} of the webhook configuration: after that
     * the API server gives up and nobody is told why.
     */
    @WithDefault("1500ms")
    @WithConverter(Converters.ToPositiveDuration.class)
    Duration deadline();

    /**
     * How long the API server may be out of touch before what is known of the cluster counts as not known, as a duration: then
     * {@link #whenNotReady()} applies.
     */
    @WithDefault("60s")
    @WithConverter(Converters.ToPositiveDuration.class)
    Duration maxStaleness();

    /**
     * How many API servers bring changes into the cluster: {@code auto} (as many as have addresses behind {@code default/kubernetes}),
     * {@code one} or {@code several}. With several the state is read before each admission that could have been a refusal. Say
     * {@code several} where they are behind a load balancer and its address is all that the cluster shows.
     */
    @WithDefault("auto")
    ApiServers apiServers();

    /** How many changes are judged at the same time; the others wait, at most for half of their {@link #deadline()}. */
    @ConfigDocDefault("the number of processors, and not less than 2")
    Optional<@WithConverter(Converters.ToCount.class) Integer> maxConcurrentReviews();

    /** How much work one review may be. */
    Review review();

    /**
     * Requesters that are warned and never refused, as user names in which {@code *} stands for any text. By default the service
     * accounts of Argo CD, OpenShift GitOps and Flux.
     */
    @WithDefault(
            "system:serviceaccount:argocd:*,system:serviceaccount:openshift-gitops:*,system:serviceaccount:flux-system:*")
    List<String> warnOnlyRequesters();

    /** The certificate of the webhook, where {@code quarkus.tls.webhook.key-store.*} names none. */
    Tls tls();

    /** The cluster's DNS. */
    Dns dns();

    /** What is told about contracts besides the answers to reviews. */
    Audit audit();

    /**
     * Beyond these a review is not judged ({@link #whenUnjudged()}, reason {@code too-large}). The largest object that an API server
     * takes (3 MiB of JSON) stays within them, twice over in an update.
     */
    interface Review {
        /** How many names, values, and beginnings and ends of objects and lists there may be. */
        @WithDefault("2000000")
        @WithConverter(Converters.ToCount.class)
        int maxTokens();

        /** How deep objects and lists may be nested. */
        @WithDefault("200")
        @WithConverter(Converters.ToCount.class)
        int maxDepth();

        /** How many items a list, and how many entries an object may have. */
        @WithDefault("250000")
        @WithConverter(Converters.ToCount.class)
        int maxItems();
    }

    /** How contracts tell their state. */
    interface Audit {
        /**
         * Whether to write into the cluster how contracts stand: their status, and Events. One replica does, by the Lease {@code flowguard}
         * in its namespace. Metrics there are in any case; where the state comes from manifests there is nothing to write to.
         */
        @WithDefault("false")
        @WithConverter(Converters.ToBoolean.class)
        boolean publish();

        /**
         * How many pairs of workloads one contract may speak of. One that speaks of more is judged as far as that goes, and its status says
         * so ({@code TooLarge}).
         */
        @WithDefault("1000000")
        @WithConverter(Converters.ToCount.class)
        int maxPairs();

        /** How many statuses may be written per second, and how many Events. */
        @WithDefault("20")
        @WithConverter(Converters.ToCount.class)
        int writesPerSecond();
    }

    /** Where the certificate of the webhook comes from. */
    interface Tls {
        /**
         * {@code in-memory}: self-signed, made at each start. {@code self-managed}: from a CA that the replicas share in the Secret
         * {@code flowguard-webhook-ca} and publish in the webhook configuration {@code flowguard}; all of it is renewed in time.
         */
        @WithDefault("in-memory")
        TlsMode mode();

        /**
         * Who may ask, by the names in a certificate that the client shows: its common name or a DNS name. Everybody when absent. The CAs that
         * vouch for such certificates are those of {@code quarkus.tls.webhook.trust-store.pem.certs}.
         */
        Optional<List<String>> clientNames();
    }

    /** How the cluster's DNS is reached, where it is not to be discovered. */
    interface Dns {
        /** The Service that resolves names, as {@code namespace/name}. Discovered when absent. */
        Optional<@WithConverter(Converters.ToServiceName.class) ServiceName> service();

        /** Addresses at which pods reach a resolver besides that Service, such as {@code 169.254.20.10}. None when absent. */
        Optional<List<@WithConverter(Converters.ToAddress.class) Address>> addresses();
    }
}
