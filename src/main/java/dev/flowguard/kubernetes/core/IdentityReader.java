package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.policy.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads as whom pods run and how they resolve names, which decides what they need though no policy sees it. */
final class IdentityReader {
    private static final Set<String> OTHER_RESOLVERS = Set.of("Default", "None");

    private IdentityReader() {}

    /** Nothing where all is as usual, which it is for most. */
    static Stream<Fact> identity(Owner owner, @Nullable PodSpec given) {
        PodSpec spec = Absent.asBlank(given, PodSpec::new);
        String account = Stream.of(
                        Absent.asEmpty(spec.getServiceAccountName()), Absent.asEmpty(spec.getServiceAccount()))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(Implication.AccountName.DEFAULT);
        Implication.Identity identity = new Implication.Identity(
                owner,
                account,
                token(spec.getAutomountServiceAccountToken()),
                OTHER_RESOLVERS.contains(Absent.asEmpty(spec.getDnsPolicy())),
                nodes(spec));
        boolean usual = account.equals(Implication.AccountName.DEFAULT)
                && identity.token() == Implication.Identity.Token.AS_THE_ACCOUNT_SAYS
                && !identity.resolvesElsewhere()
                && identity.nodes().selectsEverything();
        return usual ? Stream.empty() : List.<Fact>of(new Fact.Implied(identity)).stream();
    }

    /** Where a pod runs shows in its addresses only on the host network. */
    private static LabelSelector nodes(PodSpec spec) {
        Map<String, String> selector = Boolean.TRUE.equals(spec.getHostNetwork()) ? spec.getNodeSelector() : null;
        return selector == null ? LabelSelector.EVERYTHING : LabelSelector.ofLabels(selector);
    }

    private static Implication.Identity.Token token(@Nullable Boolean automount) {
        if (automount == null) {
            return Implication.Identity.Token.AS_THE_ACCOUNT_SAYS;
        }
        return automount ? Implication.Identity.Token.MOUNTED : Implication.Identity.Token.NOT_MOUNTED;
    }
}
