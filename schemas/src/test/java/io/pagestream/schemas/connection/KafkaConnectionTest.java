package io.pagestream.schemas.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.pagestream.schemas.error.PagestreamException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaConnectionTest {
  private static final String SECRET = "pässword \\ = # \" ; $";

  @TempDir Path folder;

  @Test
  void shows_names_but_no_values() {
    KafkaConnection kafka = new KafkaConnection("k:1", Map.of("sasl.jaas.config", SECRET));
    assertThat(kafka).hasToString("KafkaConnection[k:1, [sasl.jaas.config]]");
    assertThat(new ClientProperties(Map.of("sasl.jaas.config", SECRET)).toString())
        .doesNotContain(SECRET);
  }

  @Test
  void gives_clients_a_configuration_that_they_may_change() {
    KafkaConnection kafka = new KafkaConnection("k:1", Map.of("security.protocol", "SASL_SSL"));
    Map<String, Object> config = kafka.clientConfig();
    config.put("acks", "all");
    assertThat(config)
        .containsOnly(
            entry("bootstrap.servers", "k:1"),
            entry("security.protocol", "SASL_SSL"),
            entry("acks", "all"));
    assertThat(kafka.clientConfig()).doesNotContainKey("acks");
  }

  @Test
  void survives_its_file_whatever_characters_the_secret_has() throws Exception {
    KafkaConnection kafka = new KafkaConnection("k:1,k:2", Map.of("sasl.jaas.config", SECRET));
    Path file = folder.resolve("client.properties");
    ConnectionFile.write(file, kafka);
    ClientProperties read = ClientProperties.read(file);
    assertThat(read.bootstrapServers()).hasValue("k:1,k:2");
    assertThat(read.connectionTo("k:1,k:2")).isEqualTo(kafka);
  }

  @Test
  void writes_a_file_for_its_owner_only_even_where_another_or_a_link_was() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "of another");
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    Path wide = Files.createFile(folder.resolve("wide"));
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rw-r--r--"));
    for (Path file : new Path[] {link, wide}) {
      ConnectionFile.write(file, KafkaConnection.to("k:1"));
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(elsewhere).hasContent("of another");
  }

  @Test
  void takes_properties_from_the_environment_as_kafkas_image_does() {
    ClientProperties variables =
        ClientProperties.ofEnvironment(
            Map.of(
                "PAGESTREAM_KAFKA_SASL_JAAS_CONFIG", SECRET,
                "PAGESTREAM_KAFKA_SOME__NAME___WITH_ALL", "x",
                "PAGESTREAM_KAFKA_", "no name",
                "PAGESTREAM_TOKEN", "not Kafka's"));
    assertThat(variables.values())
        .containsOnly(entry("sasl.jaas.config", SECRET), entry("some_name-with.all", "x"));
  }

  @Test
  void the_environment_overrides_the_file() {
    ClientProperties file = new ClientProperties(Map.of("a", "1", "b", "1"));
    assertThat(file.overriddenBy(new ClientProperties(Map.of("b", "2"))).values())
        .containsOnly(entry("a", "1"), entry("b", "2"));
  }

  @Test
  void quotes_nothing_of_a_file_that_it_cannot_read() throws Exception {
    Path malformed = Files.writeString(folder.resolve("m"), "sasl.jaas.config=s3cret\\uXXXX");
    assertThatThrownBy(() -> ClientProperties.read(malformed))
        .isInstanceOf(PagestreamException.class)
        .hasMessageStartingWith("PS-100 " + malformed)
        .satisfies(thrown -> {
          StringWriter trace = new StringWriter();
          thrown.printStackTrace(new PrintWriter(trace));
          assertThat(trace.toString()).doesNotContain("s3cret").doesNotContain("XXXX");
        });
    assertThatThrownBy(() -> ClientProperties.read(folder.resolve("missing")))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("--config");
  }

  @Test
  void names_the_servers_once() {
    assertThatThrownBy(() -> new KafkaConnection("k:1", Map.of("bootstrap.servers", "k:2")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
