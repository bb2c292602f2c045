package io.pagestream.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Allowed dependencies: stages depend on the records, not on each other; decisions do not depend on
 * Kafka.
 */
@AnalyzeClasses(
    packages = "io.pagestream",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
final class ArchitectureTest {
  /** Leaves out the fixtures that one module's tests lend to another's. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest static final ArchRule SCHEMAS_KNOW_NOBODY = knowsOnly("io.pagestream.schemas..");

  @ArchTest
  static final ArchRule READING_IMAGES_KNOWS_THE_RECORDS =
      knowsOnly("io.pagestream.images..", "io.pagestream.schemas..");

  @ArchTest
  static final ArchRule READING_A_KERNEL_KNOWS_IMAGES =
      knowsOnly("io.pagestream.kernel..", "io.pagestream.images..", "io.pagestream.schemas..");

  @ArchTest
  static final ArchRule STAGES_KNOW_THE_RECORDS =
      knowsOnly("io.pagestream.stages..", "io.pagestream.schemas..");

  @ArchTest
  static final ArchRule THE_PRODUCER_KNOWS_THE_RECORDS_AND_HOW_TO_READ_IMAGES =
      knowsOnly("io.pagestream.producer..", "io.pagestream.schemas..", "io.pagestream.images..");

  @ArchTest
  static final ArchRule THE_MAPPER_KNOWS_THE_RECORDS =
      knowsOnly("io.pagestream.mapper..", "io.pagestream.stages..", "io.pagestream.schemas..");

  @ArchTest
  static final ArchRule THE_ANALYZERS_KNOW_THE_RECORDS =
      knowsOnly("io.pagestream.analyzers..", "io.pagestream.stages..", "io.pagestream.schemas..");

  /** To show the bytes of a page, a case may also read an image. */
  @ArchTest
  static final ArchRule CASES_KNOW_THE_RECORDS_AND_HOW_TO_READ_IMAGES =
      knowsOnly(
          "io.pagestream.cases..",
          "io.pagestream.schemas..",
          "io.pagestream.images",
          "io.pagestream.images.memory..");

  @ArchTest
  static final ArchRule EXPORTS_KNOW_CASES =
      knowsOnly("io.pagestream.exports..", "io.pagestream.cases..", "io.pagestream.schemas..");

  @ArchTest
  static final ArchRule THE_DASHBOARD_KNOWS_CASES_AND_EXPORTS =
      knowsOnly(
          "io.pagestream.dashboard..",
          "io.pagestream.cases..",
          "io.pagestream.exports..",
          "io.pagestream.schemas..");

  /** Decisions are pure: they can be used without a cluster, and tested row by row. */
  @ArchTest
  static final ArchRule DECISIONS_KNOW_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.pagestream.schemas.page..",
              "io.pagestream.schemas.error..",
              "io.pagestream.images..",
              "io.pagestream.kernel..",
              "io.pagestream.producer.run..",
              "io.pagestream.mapper.policy..",
              "io.pagestream.mapper.range..",
              "io.pagestream.analyzers.api..",
              "io.pagestream.analyzers.chars..",
              "io.pagestream.analyzers.documents..",
              "io.pagestream.analyzers.eventlog..",
              "io.pagestream.analyzers.extent..",
              "io.pagestream.analyzers.files..",
              "io.pagestream.analyzers.hosts..",
              "io.pagestream.analyzers.identifiers..",
              "io.pagestream.analyzers.keys..",
              "io.pagestream.analyzers.linux..",
              "io.pagestream.analyzers.money..",
              "io.pagestream.analyzers.ntfs..",
              "io.pagestream.analyzers.paths..",
              "io.pagestream.analyzers.records..",
              "io.pagestream.analyzers.registry..",
              "io.pagestream.analyzers.secrets..",
              "io.pagestream.analyzers.text..",
              "io.pagestream.analyzers.web..",
              "io.pagestream.analyzers.windows..",
              "io.pagestream.cases.casefolder..",
              "io.pagestream.cases.map..",
              "io.pagestream.cases.sort..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule ONLY_THE_ENTRY_POINT_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pagestream.launch..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().assignedFrom(new EachPackage()).should().beFreeOfCycles();

  private static ArchRule knowsOnly(String module, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = module;
    System.arraycopy(others, 0, allowed, 1, others.length);
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackage("io.pagestream..")
                .or(JavaClass.Predicates.resideInAnyPackage(allowed)))
        .because("what passes between the modules is records");
  }
}
