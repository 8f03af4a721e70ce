package dev.flowguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is known without looking is what is found where there is nothing to be found. */
class DefaultConfigTest {
    private final FlowguardConfig found = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(FlowguardConfig.class)
            .build()
            .getConfigMapping(FlowguardConfig.class);

    @TestFactory
    Stream<DynamicTest> everyOptionHasItsDeclaredDefault() {
        return options(FlowguardConfig.class, "", new DefaultConfig(), found);
    }

    private static Stream<DynamicTest> options(Class<?> type, String prefix, Object known, Object found) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .flatMap(method -> {
                    Object ours = value(method, known);
                    Object theirs = value(method, found);
                    String name = prefix + method.getName();
                    return method.getReturnType().getEnclosingClass() == FlowguardConfig.class
                            ? options(method.getReturnType(), name + ".", ours, theirs)
                            : Stream.of(DynamicTest.dynamicTest(
                                    name, () -> assertThat(ours).isEqualTo(theirs)));
                });
    }

    private static Object value(Method option, Object config) {
        try {
            return option.invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
