/**
 * Folders that must not outlive their process: they hold memory of other people's machines.
 *
 * <pre>
 *  ./pagestream ─► ProcessFolder ─► one LockedFolder for all temporary files of the process
 *  analyze      ─► LockedFolder  ─► the case's .scratch
 *  ExitTasks    : stops the work, then the servers, then deletes the folders, whatever ends us
 * </pre>
 *
 * <p>What no hook can delete, since the process was killed, the next process does: the lock says
 * whether a folder's owner still lives. The kernel releases it with the process, so unlike a
 * process id it can neither be stale nor belong to another process.
 */
@NullMarked
package io.pagestream.schemas.temporary;

import org.jspecify.annotations.NullMarked;
