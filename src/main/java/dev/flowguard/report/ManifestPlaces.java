package dev.flowguard.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.ManifestSource;
import dev.flowguard.feed.Position;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.policy.PolicyRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where the things that a report speaks of are written. */
public final class ManifestPlaces {
    /**
     * Manifests, and the path that they were read from.
     *
     * @param path a folder, or a single file; none for what came by standard input
     */
    public record Origin(List<Path> path, LoadedManifests manifests) {
        public Origin {
            path = List.copyOf(path);
        }

        public static Origin of(Path path, LoadedManifests manifests) {
            return new Origin(List.of(path), manifests);
        }

        public static Origin ofStandardInput(LoadedManifests manifests) {
            return new Origin(List.of(), manifests);
        }

        private Optional<Path> file(String file) {
            return path.stream().findFirst().map(from -> Files.isDirectory(from) ? from.resolve(file) : from);
        }

        /** Where that file of an earlier state is now; a file that is gone counts as being where it would be. */
        private Optional<Path> successor(Origin earlier, String file) {
            boolean bothFolders = isFolder() && earlier.isFolder();
            boolean sameFile = !isFolder()
                    && file(file)
                            .map(Path::getFileName)
                            .equals(earlier.file(file).map(Path::getFileName));
            return bothFolders || sameFile ? file(file) : Optional.empty();
        }

        private boolean isFolder() {
            return path.stream().anyMatch(Files::isDirectory);
        }

        /** With the place of the file as seen from the working directory: folders may have files of the same name. */
        private Position position(Position in) {
            return new Position(file(in.file()).map(Path::toString).orElse(in.file()), in.document(), in.line());
        }
    }

    /**
     * A place in a file.
     *
     * @param uri of the file, relative to the working directory where it lies below that
     * @param line from 1
     * @param column from 1
     */
    public record Place(String uri, int line, int column) {}

    private final List<Origin> origins;
    private final Map<PolicyRef, ObjectNode> live;
    private final List<Origin> earlier;
    private final Function<ObjectRef, Optional<ObjectNode>> elsewhere;
    private final Path workingDirectory = Path.of("").toAbsolutePath().normalize();

    /** @param origins later ones replace objects of earlier ones */
    public ManifestPlaces(List<Origin> origins) {
        this(origins, Map.of(), List.of(), object -> Optional.empty());
    }

    private ManifestPlaces(
            List<Origin> origins,
            Map<PolicyRef, ObjectNode> live,
            List<Origin> earlier,
            Function<ObjectRef, Optional<ObjectNode>> elsewhere) {
        this.elsewhere = elsewhere;
        this.origins = List.copyOf(origins);
        this.live = Map.copyOf(live);
        this.earlier = List.copyOf(earlier);
    }

    /** Of things that are written nowhere but in a live cluster, whose policies these are. */
    public static ManifestPlaces ofLive(Map<PolicyRef, ObjectNode> policies) {
        return ofLive(policies, object -> Optional.empty());
    }

    /** @param elsewhere where the manifests of other objects are asked for, each only when it is wanted */
    public static ManifestPlaces ofLive(
            Map<PolicyRef, ObjectNode> policies, Function<ObjectRef, Optional<ObjectNode>> elsewhere) {
        return new ManifestPlaces(List.of(), policies, List.of(), elsewhere);
    }

    /** These, and others that replace objects of the same name. */
    public ManifestPlaces with(Origin later) {
        Map<PolicyRef, ObjectNode> kept = new HashMap<>(live);
        later.manifests().objects().forEach(object -> object.ref().asPolicy().ifPresent(kept::remove));
        return new ManifestPlaces(
                Stream.concat(origins.stream(), Stream.of(later)).toList(), kept, earlier, elsewhere);
    }

    /** These, without the policies of which this is said: their manifests tell what is no longer so. */
    public ManifestPlaces replacing(Map<PolicyRef, ObjectNode> policies) {
        return new ManifestPlaces(origins, policies, earlier, elsewhere);
    }

    /** These, and for what is not written here the places of an earlier state: where it was, or would be now. */
    public ManifestPlaces since(ManifestPlaces base) {
        return new ManifestPlaces(origins, live, base.origins, elsewhere);
    }

    /** Where the object begins that counts under that name. */
    public Optional<Position> position(ObjectRef object) {
        return origins.stream()
                .flatMap(origin -> origin.manifests().position(object).map(origin::position).stream())
                .reduce((earlier, later) -> later);
    }

    public Optional<Place> of(Blame blame) {
        return written(blame).or(() -> before().written(blame));
    }

    private Optional<Place> written(Blame blame) {
        return of(blame.policy(), FieldPath.parse(blame.place()));
    }

    /** Where the flow is declared, or was. */
    public Optional<Place> of(DeclaredFlow flow) {
        return declared(flow).or(() -> gone(flow.contract().source().object())).or(() -> before().declared(flow));
    }

    private Optional<Place> declared(DeclaredFlow flow) {
        ContractSource source = flow.contract().source();
        return source.isAnnotation()
                ? of(source.object(), FieldPath.of("metadata", "annotations").field(source.annotation()))
                : manifest(source.object())
                        .flatMap(object -> of(
                                source.object(), declaration(object, flow.flow().name())));
    }

    /** Where a contract has a mistake, or else where it begins. */
    public Optional<Place> of(Report.Mistake mistake) {
        ContractSource source = mistake.contract();
        return of(
                source.object(),
                source.isAnnotation()
                        ? FieldPath.of("metadata", "annotations").field(source.annotation())
                        : FieldPath.parse(mistake.problem().place()));
    }

    /** The policy as it is written, fields that mean nothing to Flowguard included; a copy. */
    public Optional<ObjectNode> manifest(PolicyRef policy) {
        return Optional.ofNullable(live.get(policy)).map(ObjectNode::deepCopy).or(() -> manifest(ObjectRef.of(policy)));
    }

    private Optional<Place> of(ObjectRef object, FieldPath field) {
        for (int i = origins.size() - 1; i >= 0; i--) {
            Origin origin = origins.get(i);
            Optional<ManifestSource.Spot> spot =
                    origin.manifests().find(object).map(found -> found.source().spot(field));
            if (spot.isPresent()) {
                return origin.file(spot.get().file())
                        .map(file -> new Place(
                                uri(file), spot.get().line(), spot.get().column()));
            }
        }
        return Optional.empty();
    }

    private ManifestPlaces before() {
        return new ManifestPlaces(earlier);
    }

    /**
     * The beginning of the file that held the object. Code scanning asks for a file of the repository that it scans, and the earlier
     * state is a copy beside it; a change that removes the whole file is told by its name all the same.
     */
    private Optional<Place> gone(ObjectRef object) {
        List<Path> files = earlier.stream()
                .flatMap(origin -> origin.manifests().position(object).stream()
                        .flatMap(position ->
                                origins.stream().flatMap(later -> later.successor(origin, position.file()).stream())))
                .toList();
        return files.stream()
                .filter(Files::exists)
                .findFirst()
                .or(() -> files.stream().findFirst())
                .map(file -> new Place(uri(file), 1, 1));
    }

    /** The object as it is written; a copy. */
    public Optional<ObjectNode> manifest(ObjectRef object) {
        Optional<ObjectNode> policy = object.asPolicy().flatMap(ref -> Optional.ofNullable(live.get(ref)));
        return origins.stream()
                .flatMap(origin -> origin.manifests().find(object).stream())
                .reduce((earlier, later) -> later)
                .map(ManifestObject::source)
                .map(ManifestSource::object)
                .or(() -> policy.map(ObjectNode::deepCopy))
                .or(() -> elsewhere.apply(object));
    }

    private static FieldPath declaration(ObjectNode contract, String flow) {
        FieldPath flows = FieldPath.of("spec", "flows");
        JsonNode list = contract.path("spec").path("flows");
        for (int i = 0; i < list.size(); i++) {
            if (list.path(i).path("name").asText().equals(flow)) {
                return flows.item(i);
            }
        }
        return flows;
    }

    /** A path as a URI reference: with slashes, and with what has a meaning in URIs escaped. */
    private String uri(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(workingDirectory)
                ? workingDirectory.toUri().relativize(absolute.toUri()).getRawPath()
                : absolute.toUri().toString();
    }
}
