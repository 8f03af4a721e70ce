package dev.flowguard.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The answers of the page's API")
class AnswersTest {
    /** Records that are never written as JSON. */
    private static final Set<String> WITHIN = Set.of(
            "Trial", "RecordedFlow", "FlowShift", "Reach", "Lines", "Turn", "Way", "Asked", "Judged", "Requested");

    @Test
    @DisplayName("are all known to a native executable")
    void registered() {
        Set<String> registered = Stream.of(
                        Answers.class.getAnnotation(RegisterForReflection.class).targets())
                .map(Class::getName)
                .collect(Collectors.toSet());
        Set<String> records = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.flowguard.view")
                        .stream()
                        .filter(each -> each.getPackageName().equals("dev.flowguard.view"))
                        .filter(JavaClass::isRecord)
                        .filter(each -> !WITHIN.contains(each.getSimpleName()))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        assertThat(registered).isEqualTo(records);
    }
}
