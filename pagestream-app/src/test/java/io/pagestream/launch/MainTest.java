package io.pagestream.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter err = new StringWriter();
  private final ErrorReport errors = new ErrorReport(new TerminalWriter(err, false), () -> false);

  @Test
  void ends_with_0_for_help_and_version() {
    assertThat(Main.run("--version")).isEqualTo(ExitCode.DONE);
    assertThat(Main.run("topics", "create", "--help")).isEqualTo(ExitCode.DONE);
    assertThat(Main.run("completion")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void ends_with_2_for_what_it_does_not_understand() {
    assertThat(Main.run()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("analyse-everything")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("broker", "--port", "many")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("broker", "--port", "65536")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("topics", "create", "--partitions", "0")).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void ends_with_3_where_the_cluster_does_not_answer() {
    assertThat(Main.run("topics", "describe", "--bootstrap-servers", "localhost:1", "--wait", "1"))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void prints_a_known_error_as_one_line() {
    var known =
        PagestreamException.at(
            ErrorCode.IMAGE_TRUNCATED, "a.lime", 32, "the file ends", "copy it again");
    assertThat(errors.report(known, List.of())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err)
        .hasToString("pagestream: PS-203 a.lime at offset 0x20: the file ends; copy it again\n");
  }

  @Test
  void a_name_can_neither_act_on_the_terminal_nor_forge_a_second_line() {
    var hostile =
        PagestreamException.inFile(
            ErrorCode.FILE_NOT_FOUND,
            "a\u001b[2J\u009b31m\r\nPS-000 all is well\u202e",
            "does not exist",
            "check the path");
    errors.report(hostile, List.of());
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .contains("a\\u001b[2J\\u009b31m\\u000d\\u000aPS-000 all is well\\u202e: does not exist")
        .doesNotContain("\u001b", "\u009b", "\r", "\u202e");
  }

  @Test
  void a_failure_of_the_machine_is_no_defect() {
    var full =
        new java.io.UncheckedIOException(
            new java.nio.file.FileSystemException("/case/x", null, "No space left on device"));
    assertThat(errors.report(full, List.of())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("PS-301 /case/x: no space left on the device");
    errors.report(
        new OutOfMemoryError("unable to create native thread: possibly out of memory"), List.of());
    assertThat(err.toString()).contains("PS-322").doesNotContain("PS-999");
  }

  @Test
  void prints_an_unknown_error_as_one_line_and_keeps_the_rest_in_a_file() throws Exception {
    var defect = new IllegalStateException("first line\nsecond line");
    assertThat(errors.report(defect, List.of("analyze", "a.lime"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .startsWith("pagestream: PS-999 unexpected IllegalStateException: first line; ");
    Path log = Path.of(err.toString().strip().replaceFirst(".* ", ""));
    assertThat(log).content().contains("analyze, a.lime", "second line", "MainTest.java");
    Files.delete(log);
  }
}
