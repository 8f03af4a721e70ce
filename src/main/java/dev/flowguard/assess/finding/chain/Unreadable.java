package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.UnreadablePart;
import dev.flowguard.policy.cnp.AdminPeer;
import dev.flowguard.policy.cnp.AdminPolicy;
import java.util.stream.Stream;

/** A selector or an address block that nobody can read, in an object that the API server has taken all the same. */
final class Unreadable implements ChainDiagnosis {
    private static final FindingKind KIND =
            FindingKind.of("unreadable-field", Severity.ERROR, "A selector or an address block cannot be read", """
            The API server checks such a field by its type alone, or not at all, and keeps what nobody can read. What a network plugin makes
            of it is open: it may leave out the rule, or the whole policy. Verdicts that depend on it are undetermined.

            Correct the field that is named.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        Stream<UnreadablePart> whole = policy.mapping()
                .match(ruled -> Stream.empty(), ignored -> Stream.empty(), unclear -> unclear.unreadable().stream());
        Stream<UnreadablePart> ofPeers = policy.as(AdminPolicy.class)
                .flatMap(admin -> Stream.of(Direction.values()).flatMap(direction -> admin.rules(direction).stream()))
                .flatMap(rule -> rule.peers().stream())
                .flatMap(Unreadable::of);
        return Stream.concat(whole, ofPeers)
                .distinct()
                .map(part -> Remark.of(
                        KIND,
                        part.field(),
                        "This cannot be read: " + part.mistake()
                                + ". What it means to the network plugin is open, and verdicts"
                                + " that depend on it are undetermined.",
                        part.field() + ": " + part.mistake(),
                        part.field() + " cannot be read",
                        "a field cannot be read"));
    }

    private static Stream<UnreadablePart> of(AdminPeer peer) {
        return peer.match(
                pods -> Stream.empty(),
                networks -> Stream.empty(),
                nodes -> Stream.empty(),
                domains -> Stream.empty(),
                unknown -> Stream.empty(),
                unreadable -> unreadable.parts().stream());
    }
}
