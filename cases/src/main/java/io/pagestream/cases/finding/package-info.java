/** The columns of findings, which every file, table and answer derives from. */
@NullMarked
package io.pagestream.cases.finding;

import org.jspecify.annotations.NullMarked;
