package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.policies;
import static dev.flowguard.apiserver.InstalledFlowguard.policy;

import dev.flowguard.apiserver.ApiClient.Answer;
import dev.flowguard.deploy.Yaml;
import dev.flowguard.testing.Dice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes one after the other in a namespace in which checkout calls orders: policies, the contract, the Namespace's labels. It knows by
 * itself what the cluster looks like, from the answers, and so which answer is right.
 */
final class RandomWalk {
    /** Whom the policy lets in to orders, which each of them isolates. */
    private enum Known {
        DENY("podSelector: {}, policyTypes: [Ingress]"),
        BY_POD("podSelector: {matchLabels: {app: orders}}, ingress: [{from: [{podSelector: {matchLabels: {app:"
                + " checkout}}}]}]"),
        BY_NAMESPACE("podSelector: {matchLabels: {app: orders}},"
                + " ingress: [{from: [{namespaceSelector: {matchLabels: {tier: shop}}}]}]"),
        OTHER_PORT("podSelector: {matchLabels: {app: orders}}, ingress: [{ports: [{port: 9090}]}]");

        private final String spec;

        Known(String spec) {
            this.spec = spec;
        }

        String objectName() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final String namespace;
    private final Dice dice;
    private final Set<Known> there = new HashSet<>();
    private boolean isDeclared = true;
    private boolean isLabelled;
    private boolean isWarned;
    private int judged;
    private int refused;
    private final List<String> refusedWrongly = new ArrayList<>();
    private final List<String> admittedWrongly = new ArrayList<>();

    RandomWalk(String namespace, long seed) {
        this.namespace = namespace;
        this.dice = new Dice(seed);
    }

    List<String> refusedWrongly() {
        return refusedWrongly;
    }

    List<String> admittedWrongly() {
        return admittedWrongly;
    }

    void step(ApiClient client) throws Exception {
        if (dice.chance(70)) {
            changePolicy(client, dice.oneOf(Known.values()));
        } else if (dice.chance(40)) {
            declare(client, !isDeclared);
        } else if (dice.chance(60)) {
            label(client, !isLabelled, isWarned);
        } else {
            label(client, isLabelled, !isWarned);
        }
    }

    private void changePolicy(ApiClient client, Known which) throws Exception {
        Set<Known> after = new HashSet<>(there);
        boolean isDeletion = !after.add(which);
        if (isDeletion) {
            after.remove(which);
        }
        boolean isWrong = isDeclared && !isWarned && works(there) && !works(after);
        Answer answer = isDeletion
                ? client.delete(policies(namespace) + "/" + which.objectName())
                : client.apply(policy(namespace, which.objectName(), "spec: {" + which.spec + "}"));
        judged++;
        refused += answer.isSuccess() ? 0 : 1;
        if (answer.isSuccess() == isWrong) {
            (isWrong ? admittedWrongly : refusedWrongly)
                    .add("step " + judged + ": " + (isDeletion ? "delete " : "create ") + which + " with " + there
                            + (isLabelled ? ", labelled" : "") + ": " + answer.message() + answer.warnings());
        }
        if (answer.isSuccess()) {
            there.clear();
            there.addAll(after);
        }
    }

    private boolean works(Set<Known> policies) {
        return policies.isEmpty()
                || policies.contains(Known.BY_POD)
                || policies.contains(Known.BY_NAMESPACE) && isLabelled;
    }

    private void declare(ApiClient client, boolean wanted) throws Exception {
        Answer answer = wanted
                ? client.apply(Yaml.document(InstalledFlowguard.contract(namespace)))
                : client.delete("/apis/flowguard.dev/v1alpha1/namespaces/" + namespace + "/flowcontracts/orders");
        check(answer);
        isDeclared = wanted;
    }

    private void label(ApiClient client, boolean labelled, boolean warned) throws Exception {
        check(client.patch("/api/v1/namespaces/" + namespace, "merge", """
            {"metadata": {"labels": {"tier": %s, "flowguard.dev/mode": %s}}}
            """.formatted(
                        labelled ? "\"shop\"" : "null", warned ? "\"Warn\"" : "null")));
        isLabelled = labelled;
        isWarned = warned;
    }

    private static void check(Answer answer) {
        if (!answer.isSuccess()) {
            throw new AssertionError(answer.message());
        }
    }

    @Override
    public String toString() {
        return judged + " changes of policies, " + refused + " refused; wrongly refused " + refusedWrongly
                + ", wrongly admitted " + admittedWrongly;
    }
}
