package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.assess.finding.label.AndOrConfusion;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A peer is part of another peer of the same rule, so that it opens nothing more and narrows nothing. */
public final class PointlessPeer implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("shadowed-peer", Severity.NOTE, "A peer adds nothing to another of its rule", """
            The peers of a rule are a union: each entry of `from` or `to` lets in whom it names. An entry that names a part of what
            another entry of the same rule names already has no effect, and above all does not make the wider one narrower.

            Remove the narrow entry, or the wide one if the narrow one says what is meant. To name pods of certain namespaces, put
            `namespaceSelector` and `podSelector` under one dash. Only what follows from the text of the peers is reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Coverage coverage =
                new Coverage(examination.shard().entry(), examination.cluster().cni());
        return examination.rules().flatMap(site -> pointless(site, coverage, examination));
    }

    private static Stream<Remark> pointless(RuleSite site, Coverage coverage, Examination examination) {
        List<Peer> peers = site.rule().peers();
        return IntStream.range(0, peers.size())
                .filter(narrow -> site.podPeers()
                        .filter(peer -> peer.index() == narrow)
                        .noneMatch(peer -> AndOrConfusion.explains(peer, examination)))
                .boxed()
                .flatMap(narrow -> IntStream.range(0, peers.size())
                        .filter(wide -> wide != narrow && coverage.covers(peers.get(wide), peers.get(narrow)))
                        // Of two that say the same the first stays.
                        .filter(wide -> wide < narrow || !coverage.covers(peers.get(narrow), peers.get(wide)))
                        .limit(1)
                        .mapToObj(wide -> remark(site, narrow, wide)));
    }

    private static Remark remark(RuleSite site, int narrow, int wide) {
        Direction direction = site.direction();
        String peer = site.shortPlace() + "." + direction.peers() + "[" + narrow + "]";
        String other = direction.peers() + "[" + wide + "]";
        return Remark.of(
                KIND,
                "spec." + peer,
                "Everybody whom this peer names is named by " + other
                        + " of the same rule as well. Peers are a union, so this one restricts nothing. Remove it, or what makes it"
                        + " superfluous.",
                peer + " adds nothing to " + other + " beside it, and peers never restrict one another",
                peer + " adds nothing to " + other);
    }
}
