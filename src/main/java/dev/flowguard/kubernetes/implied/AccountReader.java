package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.calico.CalicoObjects;
import java.util.List;
import java.util.stream.Stream;

/** Reads who may call the API server, as far as it is given to ServiceAccounts by their names. */
final class AccountReader {
    private AccountReader() {}

    /** Of an account only what is not usual is told: that its pods get no token; and the labels that policies look at. */
    static List<Fact> account(JsonNode account, ObjectRef itself) {
        JsonNode mounts = account.path("automountServiceAccountToken");
        Stream<Fact> withoutToken = mounts.isBoolean() && !mounts.booleanValue()
                ? Stream.of(new Fact.Implied(
                        new Implication.Account(new Implication.AccountName(itself.namespace(), itself.name()))))
                : Stream.empty();
        return Stream.concat(withoutToken, CalicoObjects.labelsOf(account, itself).stream())
                .toList();
    }

    static List<Fact> binding(JsonNode binding, ObjectRef itself) {
        List<Implication.AccountName> accounts = Tree.items(binding.path("subjects"))
                .filter(subject -> Tree.text(subject.path("kind")).equals("ServiceAccount"))
                .map(subject -> new Implication.AccountName(
                        Tree.textOr(subject.path("namespace"), itself.namespace()), Tree.text(subject.path("name"))))
                .toList();
        return accounts.isEmpty() ? List.of() : List.of(new Fact.Implied(new Implication.Bound(itself, accounts)));
    }
}
