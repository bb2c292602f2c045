package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import io.pagestream.system.planted.Upper;
import io.pagestream.system.planted.lower.Lower;
import org.junit.jupiter.api.Test;

/** The rule against cycles of packages reports one that is planted in the tests. */
final class PackageCyclesTest {
  @Test
  void reportsTwoPackagesThatImportEachOther() {
    EvaluationResult result =
        ArchitectureTest.PACKAGES_HAVE_NO_CYCLES.evaluate(
            new ClassFileImporter().importClasses(Upper.class, Lower.class));

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString())
        .contains("Cycle detected", "io.pagestream.system.planted.lower", "Method <");
  }

  @Test
  void acceptsPackagesThatDoNot() {
    assertThatCode(() ->
            ArchitectureTest.PACKAGES_HAVE_NO_CYCLES.check(
                new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.pagestream.images")))
        .doesNotThrowAnyException();
  }
}
