package io.pagestream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cluster.StageRights.Right;
import io.pagestream.cluster.StageRights.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

/** The table of rights in docs/cluster.md is that of the program, and its commands grant them. */
class StageRightsTest {
  private static final Map<String, Role> CLIENTS =
      Map.of(
          "`topics create`", Role.ADMIN,
          "`stage producer`", Role.PRODUCER,
          "`stage mapper`", Role.MAPPER,
          "`stage analyzers`", Role.ANALYZERS,
          "`collect`, `serve`", Role.READER);

  @Test
  void theDocumentListsExactlyTheRights() throws IOException {
    Map<Role, TreeSet<String>> documented = new TreeMap<>();
    Role role = null;
    List<String> lines = Files.readAllLines(Path.of("../docs/cluster.md"));
    int start = lines.indexOf("| client | resource | rights |");
    for (String line : lines.subList(start + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      String[] cells = line.substring(1).split("\\|", -1);
      String client = cells[0].strip();
      if (!client.isEmpty()) {
        role = CLIENTS.get(client); // null for a subset of another client's rights
      }
      if (role != null) {
        documented.computeIfAbsent(role, r -> new TreeSet<>()).addAll(rights(cells));
      }
    }
    for (Role each : Role.values()) {
      assertThat(documented.get(each))
          .as(each.word())
          .containsExactlyElementsOf(
              new TreeSet<>(
                  StageRights.of(each, "pagestream.").stream()
                      .map(StageRightsTest::words)
                      .toList()));
    }
  }

  private static List<String> rights(String[] cells) {
    List<String> rights = new ArrayList<>();
    boolean group = cells[1].contains("group");
    for (String operation : cells[2].strip().split(", ", -1)) {
      String[] quoted = cells[1].split("`", -1);
      for (int i = 1; i < quoted.length; i += 2) {
        String name =
            group || quoted[i].startsWith("pagestream.") ? quoted[i] : "pagestream." + quoted[i];
        rights.add((group ? "GROUP " : "TOPIC ") + name + ' ' + operation);
      }
    }
    return rights;
  }

  private static String words(Right right) {
    return right.type() + " " + right.name() + ' ' + right.operation();
  }

  @Test
  void commandsAreThoseOfKafka() {
    List<String> commands =
        StageRights.of(Role.MAPPER, "x.").stream()
            .map(right -> StageRights.command(right, "User:m"))
            .toList();
    assertThat(commands)
        .contains(
            "kafka-acls --bootstrap-server HOST:PORT --command-config admin.properties --add"
                + " --allow-principal User:m --operation read --topic x.pages",
            "kafka-acls --bootstrap-server HOST:PORT --command-config admin.properties --add"
                + " --allow-principal User:m --operation read --group x.mapper",
            "kafka-acls --bootstrap-server HOST:PORT --command-config admin.properties --add"
                + " --allow-principal User:m --operation create --topic x.mapper-"
                + " --resource-pattern-type prefixed");
    assertThat(Arrays.stream(Role.values()).flatMap(role -> StageRights.of(role, "x.").stream()))
        .filteredOn(right -> right.pattern() == PatternType.PREFIXED)
        .extracting(Right::name)
        .containsOnly("x.", "x.mapper-", "x.analyzers-");
  }
}
