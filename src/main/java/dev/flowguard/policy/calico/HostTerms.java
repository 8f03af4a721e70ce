package dev.flowguard.policy.calico;

import dev.flowguard.policy.Answer;

/** Whether a selector may match a host endpoint, which has labels of its own that are not known and none of what Kubernetes gives (K26). */
final class HostTerms implements SelectorTerm.Cases<Answer> {
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
        return labelled(has.key());
    }

    @Override
    public Answer in(SelectorTerm.In in) {
        return labelled(in.key());
    }

    @Override
    public Answer affix(SelectorTerm.Affix affix) {
        return labelled(affix.key());
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

    private static Answer labelled(String key) {
        return CalicoLabels.isOfPods(key) ? Answer.NO : Answer.UNKNOWN;
    }
}
