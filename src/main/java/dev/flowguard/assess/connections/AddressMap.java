package dev.flowguard.assess.connections;

import dev.flowguard.net.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A value for each address, as ascending parts that do not overlap. Neighbours of the same family have different values.
 * Addresses between two parts have none: they are the cluster's own, and nobody asks.
 */
record AddressMap<T>(List<Part<T>> parts) {
    /** Addresses with one value. */
    record Part<T>(AddressRange range, T value) {}

    AddressMap {
        parts = List.copyOf(parts);
    }

    /** @param parts ascending, without overlaps */
    static <T> AddressMap<T> of(List<Part<T>> parts) {
        List<Part<T>> merged = new ArrayList<>();
        for (Part<T> part : parts) {
            int last = merged.size() - 1;
            if (last >= 0 && isSame(merged.get(last), part)) {
                AddressRange both = new AddressRange(
                        merged.get(last).range().first(), part.range().last());
                merged.set(last, new Part<>(both, part.value()));
            } else {
                merged.add(part);
            }
        }
        return new AddressMap<>(merged);
    }

    private static <T> boolean isSame(Part<T> one, Part<T> next) {
        return one.range().family() == next.range().family() && one.value().equals(next.value());
    }

    <U> AddressMap<U> map(Function<T, U> function) {
        return of(parts.stream()
                .map(part -> new Part<>(part.range(), function.apply(part.value())))
                .toList());
    }

    /** The values of both put together where both have one; the one that there is where only one has. */
    AddressMap<T> with(AddressMap<T> other, BinaryOperator<T> together) {
        TreeSet<AddressRange> pieces = new TreeSet<>((one, two) -> one.first().compareTo(two.first()));
        pieces.addAll(cut(other.ranges()));
        pieces.addAll(other.cut(ranges()));
        List<Part<T>> combined = new ArrayList<>();
        for (AddressRange piece : pieces) {
            Stream.of(valueOf(piece), other.valueOf(piece))
                    .flatMap(Optional::stream)
                    .reduce(together)
                    .ifPresent(value -> combined.add(new Part<>(piece, value)));
        }
        return of(combined);
    }

    private List<AddressRange> ranges() {
        return parts.stream().map(Part::range).toList();
    }

    private List<AddressRange> cut(List<AddressRange> others) {
        return parts.stream()
                .flatMap(part -> part.range().cutBy(others).stream())
                .toList();
    }

    private Optional<T> valueOf(AddressRange piece) {
        return parts.stream()
                .filter(part -> part.range().contains(piece))
                .map(Part::value)
                .findFirst();
    }
}
