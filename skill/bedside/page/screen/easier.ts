/** Larger text, stronger contrast, one key for everything: chosen in a sheet, kept on this device. */
import { keep, kept } from '../playing/keep';
import { find } from '../shapes';
import { scanWithOneKey } from './one-key';

const CHOICES = ['text', 'contrast', 'switch'] as const;

export function readyEasier(): void {
  const sheet = find<HTMLDialogElement>('easier-sheet');
  find('easier').addEventListener('click', () => sheet.showModal());
  find('easier-close').addEventListener('click', () => sheet.close());
  const scanning = scanWithOneKey();
  for (const name of CHOICES) {
    const box = sheet.querySelector(`input[name="${name}"]`) as HTMLInputElement;
    const wished =
      kept(`page-${name}`) ?? (name === 'contrast' && matchMedia('(prefers-contrast: more)').matches && 'yes');
    box.checked = wished === 'yes';
    const take = () => {
      if (box.checked) document.body.dataset[name] = box.value;
      else delete document.body.dataset[name];
      if (name === 'switch') scanning(box.checked);
    };
    take();
    box.addEventListener('change', () => {
      take();
      keep(`page-${name}`, box.checked ? 'yes' : 'no');
    });
  }
}
