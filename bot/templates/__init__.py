"""*Emailtemplates*: the list, the editor, the preview and the history."""
