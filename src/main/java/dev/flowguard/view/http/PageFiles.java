package dev.flowguard.view.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page. They are listed here one by one, and what is not listed is not there: no path of a request is ever made into
 * one of the class path or the disk, so none can lead elsewhere.
 */
final class PageFiles {
    private static final String OWN = "META-INF/resources/view/";
    private static final String LIBRARIES = "META-INF/resources/webjars/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final List<String> MODULES = List.of(
            "api.js",
            "contracts.js",
            "coverage.js",
            "dom.js",
            "edges.js",
            "export.js",
            "layout.js",
            "main.js",
            "map.js",
            "matrix.js",
            "panels.js",
            "patch.js",
            "route.js",
            "search.js",
            "store.js",
            "style.js",
            "toolbar.js",
            "walk.js",
            "what-if.js",
            "why.js",
            "yaml.js");

    /** By the version that the pom names. */
    private static final Map<String, String> LIBRARY_FILES = Map.of(
            "lib/cytoscape.js", "cytoscape/3.33.1/dist/cytoscape.esm.min.mjs",
            "lib/layout-base.js", "layout-base/2.0.1/layout-base.js",
            "lib/cose-base.js", "cose-base/2.2.0/cose-base.js",
            "lib/fcose.js", "cytoscape-fcose/2.2.0/cytoscape-fcose.js");

    private final Map<String, PageFile> files = new LinkedHashMap<>();
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** Where a file is on the class path, and what it is. */
    private record PageFile(String resource, String type) {}

    /** A file as it is answered. */
    record Content(byte[] bytes, String type) {}

    PageFiles() {
        files.put("", new PageFile(OWN + "index.html", "text/html; charset=utf-8"));
        files.put("page.css", new PageFile(OWN + "page.css", "text/css; charset=utf-8"));
        files.put("icon.svg", new PageFile(OWN + "icon.svg", "image/svg+xml"));
        MODULES.forEach(name -> files.put(name, new PageFile(OWN + name, SCRIPT)));
        LIBRARY_FILES.forEach((name, resource) -> files.put(name, new PageFile(LIBRARIES + resource, SCRIPT)));
    }

    /** The names of all, as the page asks for them. */
    List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    /** Where they are on the class path: a native executable has no others than it is told of. */
    List<String> resources() {
        return files.values().stream().map(PageFile::resource).toList();
    }

    Optional<Content> find(String name) {
        @Nullable PageFile file = files.get(name);
        return file == null
                ? Optional.empty()
                : Optional.of(new Content(read.computeIfAbsent(file.resource(), PageFiles::load), file.type()));
    }

    private static byte[] load(String resource) {
        try (@Nullable InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its own file " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
