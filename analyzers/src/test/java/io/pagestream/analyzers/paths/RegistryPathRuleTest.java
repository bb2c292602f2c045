package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.TextRuleContract;

final class RegistryPathRuleTest extends TextRuleContract {
  RegistryPathRuleTest() {
    super(
        "paths",
        "registry-path",
        """
        «HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run»
        «HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\x»
        "«HKCU\\Software\\My Company\\App»"
        «\\REGISTRY\\MACHINE\\SOFTWARE\\Classes»
        «HKEY_USERS\\.DEFAULT\\Software»
        """,
        """
        HKLM
        XHKLM\\SOFTWARE
        HKEY_FOO\\x
        HKLM\\
        """);
  }
}
