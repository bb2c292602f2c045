package io.pagestream.analyzers.paths;

import io.pagestream.analyzers.chars.TextRuleContract;

final class UnixPathRuleTest extends TextRuleContract {
  UnixPathRuleTest() {
    super(
        "paths",
        "unix-path",
        """
        «/home/jane/.ssh/id_ed25519»
        cat «/etc/shadow»
        "«/tmp/.x/payload.sh»"
        «/var/log/auth.log»:
        «/root/.bash_history»
        «/Users/jane/Library/x»
        «/dev/shm/x1»
        «/run/user/1000/bus»,
        PATH=«/home/jane/bin»
        """,
        """
        /usr/lib/libc.so
        /etc/foo.conf
        x/home/jane
        ./tmp/xy
        http://a.example/home/jane
        /home/
        /tmp/x
        """);
  }
}
