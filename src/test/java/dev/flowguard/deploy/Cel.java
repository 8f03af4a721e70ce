package dev.flowguard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;

/** Evaluates CEL rules with the libraries that the API server of Kubernetes 1.28 and newer has. */
final class Cel {
    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings())
            .addVar("self", SimpleType.DYN)
            .addVar("request", SimpleType.DYN)
            .addVar("object", SimpleType.DYN)
            .addVar("oldObject", SimpleType.DYN)
            .addVar("metadata", SimpleType.DYN)
            .addVar("status", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings())
            .build();

    private Cel() {}

    /** @throws IllegalArgumentException if the rule does not compile, or cannot be evaluated for these values */
    static boolean holds(String rule, Map<String, JsonNode> variables) {
        Map<String, Object> values = new HashMap<>();
        variables.forEach((name, value) ->
                values.put(name, value instanceof NullNode ? NullValue.NULL_VALUE : Yaml.plain(value)));
        try {
            return (boolean)
                    RUNTIME.createProgram(COMPILER.compile(rule).getAst()).eval(values);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(rule + ": " + e.getMessage(), e);
        }
    }
}
