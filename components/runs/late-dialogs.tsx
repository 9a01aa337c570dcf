"use client";
import { lazy } from "react";

// Dialogs that few visitors ever open come with the press that opens them. Each stands within a Suspense of its caller.

export const LateCommandDialog = lazy(async () => ({
  default: (await import("./command-dialog.tsx")).CommandDialog,
}));

export const LateNoteDialog = lazy(async () => ({
  default: (await import("./note-dialog.tsx")).NoteDialog,
}));

export const LateNoteHistory = lazy(async () => ({
  default: (await import("./note-history.tsx")).NoteHistory,
}));

export const LateNoteRemoval = lazy(async () => ({
  default: (await import("./note-removal.tsx")).NoteRemoval,
}));
