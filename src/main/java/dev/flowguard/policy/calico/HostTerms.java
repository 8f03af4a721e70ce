package dev.flowguard.policy.calico;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.LabelsOfNodes;
import java.util.function.Predicate;

/**
 * Whether a selector may match a host endpoint, which bears none of what Kubernetes gives to pods (K26). One that Calico makes by itself has
 * the labels of its node; whether there is one is not known.
 */
final class HostTerms implements SelectorTerm.Cases<Answer> {
    private static final String CREATED_BY = "projectcalico.org/created-by";

    private final LabelsOfNodes nodes;

    HostTerms(LabelsOfNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Answer all(SelectorTerm.All each) {
        return Answer.YES;
    }

    @Override
    public Answer global(SelectorTerm.Global each) {
        return Answer.YES;
    }

    @Override
    public Answer has(SelectorTerm.Has has) {
        return labelled(has.key(), value -> true);
    }

    @Override
    public Answer in(SelectorTerm.In in) {
        return labelled(in.key(), in.values()::contains);
    }

    @Override
    public Answer affix(SelectorTerm.Affix affix) {
        return labelled(affix.key(), value -> affix.test().passes(value, affix.operand()));
    }

    @Override
    public Answer not(SelectorTerm.Not not) {
        return not.term().accept(this).negated();
    }

    @Override
    public Answer and(SelectorTerm.And and) {
        return and.terms().stream().map(term -> term.accept(this)).reduce(Answer.YES, Answer::and);
    }

    @Override
    public Answer or(SelectorTerm.Or or) {
        return or.terms().stream().map(term -> term.accept(this)).reduce(Answer.NO, Answer::or);
    }

    private Answer labelled(String key, Predicate<String> value) {
        boolean may = !CalicoLabels.isOfPods(key) && (key.equals(CREATED_BY) || nodes.mayHave(key, value));
        return may ? Answer.UNKNOWN : Answer.NO;
    }
}
