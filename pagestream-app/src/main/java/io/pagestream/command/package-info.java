/**
 * The commands: each parses its options, calls one of the modules, and prints. A new command is one
 * class here and one line in {@link io.pagestream.command.PagestreamCommand}.
 */
@NullMarked
package io.pagestream.command;

import org.jspecify.annotations.NullMarked;
