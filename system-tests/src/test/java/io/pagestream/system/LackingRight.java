package io.pagestream.system;

import io.pagestream.cluster.StageRights;
import io.pagestream.cluster.StageRights.Right;
import io.pagestream.cluster.StageRights.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage that lacks one of its rights.
 *
 * @param number distinguishes the users and topics of the cases
 */
record LackingRight(Role role, Right right, int number) {
  /** Each stage without each of its rights. */
  static List<LackingRight> all() {
    List<LackingRight> cases = new ArrayList<>();
    for (Role role : List.of(Role.PRODUCER, Role.MAPPER, Role.ANALYZERS)) {
      for (int i = 0; i < StageRights.of(role, "").size(); i++) {
        int number = cases.size();
        Right right = StageRights.of(role, "case" + number + ".").get(i);
        cases.add(new LackingRight(role, right, number));
      }
    }
    return cases;
  }

  String user() {
    return "case" + number;
  }

  String prefix() {
    return user() + ".";
  }

  @Override
  public String toString() {
    return role.word() + " without " + right.operation() + " on " + right.name();
  }
}
