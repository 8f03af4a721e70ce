package dev.flowguard.verdict.match;

import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.chain.Ends;

/** Whether an expression holds a pod of the pod network of which nothing is known, not even its namespace. */
public record SomePod(IpFamily family) implements Ends.Cases<Answer> {
    @Override
    public Answer allOf(Ends.AllOf all) {
        return all.parts().stream().map(part -> part.accept(this)).reduce(Answer.YES, Answer::and);
    }

    @Override
    public Answer anyOf(Ends.AnyOf any) {
        return any.parts().stream().map(part -> part.accept(this)).reduce(Answer.NO, Answer::or);
    }

    @Override
    public Answer not(Ends.Not not) {
        return not.part().accept(this).negated();
    }

    @Override
    public Answer unclear(Ends.Unclear unclear) {
        return Answer.UNKNOWN;
    }

    @Override
    public Answer pods(Ends.Pods pods) {
        return Answer.YES;
    }

    @Override
    public Answer podLabels(Ends.PodLabels labels) {
        return all(labels.selector());
    }

    @Override
    public Answer namespaceLabels(Ends.NamespaceLabels labels) {
        return all(labels.selector());
    }

    private static Answer all(LabelSelector selector) {
        return selector.selectsEverything() ? Answer.YES : Answer.UNKNOWN;
    }

    @Override
    public Answer inNamespace(Ends.InNamespace namespace) {
        return Answer.UNKNOWN;
    }

    @Override
    public Answer serviceAccounts(Ends.ServiceAccounts accounts) {
        return Answer.UNKNOWN;
    }

    @Override
    public Answer label(Ends.Label label) {
        return Answer.UNKNOWN;
    }

    @Override
    public Answer addresses(Ends.Addresses addresses) {
        return addresses.blocks().stream()
                .map(block -> PeerMatcher.matchSomePod(block, family, addresses.pods()))
                .reduce(Answer.NO, Answer::or);
    }

    @Override
    public Answer family(Ends.OfFamily asked) {
        return Answer.of(asked.family() == family);
    }

    @Override
    public Answer nodes(Ends.Nodes nodes) {
        return Answer.NO;
    }

    @Override
    public Answer outside(Ends.Outside outside) {
        return Answer.NO;
    }

    @Override
    public Answer apiServer(Ends.ApiServer apiServer) {
        return Answer.NO;
    }

    @Override
    public Answer service(Ends.OfService service) {
        return Answer.UNKNOWN;
    }
}
