package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.chars.TextRuleContract;

final class PasswordRuleTest extends TextRuleContract {
  PasswordRuleTest() {
    super(
        "secrets",
        "credential",
        """
        «password=Tr0ub4dor&3-fixture»
        DB_«PASSWORD=x9Kd-22aPq»
        export «MYSQL_PASSWORD=x9Kd-22aPq» y
        """
            .replace("DB_«PASSWORD", "«DB_PASSWORD"),
        """
        password=secret
        password: readPassword,
        "password":"secret"
        password=%s
        password=getPassword("Abc123")
        password=$PASSWORD_1a
        password: Enter your password
        password=os.environ['X1_a']
        """);
  }
}
