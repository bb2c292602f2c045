package io.pagestream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.IoConflict;
import io.pagestream.mapper.policy.LinuxCall;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.RequestedType;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class MapperChoiceTest {
  @Command
  private static final class Judging {
    @Mixin private MapperChoice choice;
  }

  @Test
  void without_options_the_mappers_defaults_hold() {
    assertThat(reader().choices()).isEqualTo(MapperOptions.defaults().reader().choices());
  }

  @Test
  void windows_options_reach_the_policy() {
    assertThat(reader("--os-build", "17133", "--io-conflict", "allow").choices())
        .containsAllEntriesOf(
            Map.of("profile", "windows", "os-build", "17133", "io-conflict", "allow"));
  }

  @Test
  void linux_options_reach_the_policy() {
    assertThat(
            reader("--profile", "linux", "--linux-call", "reserve-exact", "--linux-nopat")
                .choices())
        .containsAllEntriesOf(
            Map.of("profile", "linux", "linux-call", "reserve-exact", "linux-pat", "false"));
  }

  @Test
  void requests_are_for_memory_or_for_a_kind_and_devices_are_read_when_told() {
    assertThat(
            reader(
                    "--request",
                    "write-combined",
                    "--request",
                    "device=cached",
                    "--read-device-memory")
                .choices())
        .containsAllEntriesOf(
            Map.of(
                "request.ram", "write-combined",
                "request.unknown", "write-combined",
                "request.device", "cached",
                "request.acpi", "as mapped, else cached",
                "read-device-memory", "true"));
  }

  @Test
  void wrong_values_are_usage_errors_that_say_what_there_is() {
    wrong("windows, linux, strict", "--profile", "beos");
    wrong("hardware-coherent-cached", "--request", "cashed");
    wrong("frame-buffer", "--request", "disk=cached");
    wrong("reject, override, allow", "--io-conflict", "maybe");
    wrong("reserve, reserve-exact, mmap", "--profile", "linux", "--linux-call", "kmap");
    wrong("1 to 999999", "--os-build", "0");
    wrong("1 to 999999", "--os-build", "1000000");
    wrong("Windows has no cache type 'write-through'", "--request", "write-through");
  }

  @Test
  void an_option_of_another_profile_is_a_usage_error() {
    wrong("--profile windows", "--profile", "linux", "--os-build", "17134");
    wrong("--profile windows", "--profile", "strict", "--io-conflict", "allow");
    wrong("--profile linux", "--linux-call", "mmap");
    wrong("--profile linux", "--profile", "strict", "--linux-nopat");
  }

  @Test
  void the_help_names_everything_that_can_be_chosen() {
    String help = new CommandLine(new Judging()).getUsageMessage().replaceAll("\\s+", " ");

    assertThat(CachePolicies.names()).allSatisfy(name -> assertThat(help).contains(name));
    assertThat(RequestedType.values()).allSatisfy(type -> assertThat(help).contains(type.word()));
    assertThat(Arrays.asList(IoConflict.values())).allSatisfy(choice -> named(help, choice));
    assertThat(Arrays.asList(LinuxCall.values())).allSatisfy(choice -> named(help, choice));
  }

  private static void named(String help, Enum<?> choice) {
    assertThat(help).contains(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static void wrong(String hint, String... arguments) {
    assertThatThrownBy(() -> reader(arguments))
        .as(String.join(" ", arguments))
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining(hint);
  }

  private static ReaderRule reader(String... arguments) {
    Judging judging = new Judging();
    new CommandLine(judging).parseArgs(arguments);
    return judging.choice.options().reader();
  }
}
